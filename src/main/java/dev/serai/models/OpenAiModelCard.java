package dev.serai.models;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.routing.config.ModelEntry;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A model as {@code GET /v1/models} shows it: OpenAI's four members, then what AI-Worker-Proxy's clients read. What the
 * entry does not say is absent.
 */
final class OpenAiModelCard {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private OpenAiModelCard() {}

    static ObjectNode of(ModelEntry entry, long created) {
        var card = JSON.objectNode()
                .put("id", entry.name())
                .put("object", "model")
                .put("created", created)
                .put("owned_by", "serai");
        text(card, "display_name", entry.displayName());
        text(card, "description", entry.description());
        Long window = entry.contextWindow() != null ? entry.contextWindow() : entry.maxInputTokens();
        number(card, "context_length", window);
        number(card, "max_input_tokens", entry.maxInputTokens());
        number(card, "max_output_tokens", entry.maxOutputTokens());
        pricing(card, entry.pricing());
        if (entry.metadata() != null) {
            card.set("metadata", entry.metadata());
        }
        if (!entry.flags().isEmpty()) {
            var flags = card.putArray("flags");
            entry.flags().forEach(flags::add);
        }
        return card;
    }

    private static void pricing(ObjectNode card, ModelEntry.@Nullable Pricing pricing) {
        if (pricing == null) {
            return;
        }
        var node = card.putObject("pricing");
        text(node, "currency", pricing.currency());
        price(node, "input_per_1m", pricing.inputPer1m());
        price(node, "input_cache_per_1m", pricing.inputCachePer1m());
        price(node, "output_per_1m", pricing.outputPer1m());
    }

    private static void text(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    private static void number(ObjectNode node, String name, @Nullable Long value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    private static void price(ObjectNode node, String name, @Nullable BigDecimal value) {
        if (value != null) {
            node.put(name, value);
        }
    }
}
