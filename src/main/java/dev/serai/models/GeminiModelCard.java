package dev.serai.models;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.routing.config.ModelEntry;

/** A model as Gemini's clients read it (v1beta, {@code Model}); what the entry does not say is absent. */
final class GeminiModelCard {

    private GeminiModelCard() {}

    static ObjectNode of(ModelEntry entry) {
        var card = Json.object()
                .put("name", "models/" + entry.name())
                .put("version", "001")
                .put("displayName", entry.displayName() == null ? entry.name() : entry.displayName());
        if (entry.description() != null) {
            card.put("description", entry.description());
        }
        Long input = entry.maxInputTokens() != null ? entry.maxInputTokens() : entry.contextWindow();
        if (input != null) {
            card.put("inputTokenLimit", input);
        }
        if (entry.maxOutputTokens() != null) {
            card.put("outputTokenLimit", entry.maxOutputTokens());
        }
        card.putArray("supportedGenerationMethods").add("generateContent").add("countTokens");
        return card;
    }
}
