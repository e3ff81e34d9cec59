package dev.serai.models;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.routing.config.ModelEntry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A model as Anthropic's clients read it (SDK 1.11.0, {@code ModelInfo}); what the entry does not say is null. */
final class AnthropicModelCard {

    private AnthropicModelCard() {}

    static ObjectNode of(ModelEntry entry, Instant created) {
        Long input = entry.maxInputTokens() != null ? entry.maxInputTokens() : entry.contextWindow();
        return Json.object()
                .put("id", entry.name())
                .put("type", "model")
                .put("display_name", entry.displayName() == null ? entry.name() : entry.displayName())
                .put("created_at", created.truncatedTo(ChronoUnit.SECONDS).toString())
                .put("max_input_tokens", input)
                .put("max_tokens", entry.maxOutputTokens())
                .put("lifecycle", "active")
                .putNull("line")
                .putNull("deprecated_at")
                .putNull("retires_at")
                .putNull("capabilities");
    }
}
