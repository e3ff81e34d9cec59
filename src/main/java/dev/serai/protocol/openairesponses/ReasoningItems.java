package dev.serai.protocol.openairesponses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.Part;
import dev.serai.message.ProviderSignature;
import dev.serai.message.ReasoningForm;
import dev.serai.message.SignatureKind;
import org.jspecify.annotations.Nullable;

/**
 * Items of type {@code reasoning}: a summary, or the reasoning itself, and a seal in {@code encrypted_content}. The seal
 * of another protocol travels packed.
 */
final class ReasoningItems {

    private ReasoningItems() {}

    /** The item as a part; null for one that says nothing. A summary wins over the reasoning itself. */
    static Part.@Nullable Reasoning part(JsonNode item) {
        String summary = texts(item.path("summary"), "\n\n");
        String full = summary.isEmpty() ? texts(item.path("content"), "") : "";
        ProviderSignature seal = seal(item);
        if (!summary.isEmpty()) {
            boolean foreign = seal != null && !isOwn(seal);
            return new Part.Reasoning(summary, foreign ? ReasoningForm.FULL : ReasoningForm.SUMMARY, seal);
        }
        if (!full.isEmpty()) {
            return new Part.Reasoning(full, ReasoningForm.FULL, seal);
        }
        return seal == null ? null : new Part.Reasoning("", ReasoningForm.REDACTED, seal);
    }

    /** What {@code encrypted_content} holds; null for nothing. */
    static @Nullable ProviderSignature seal(JsonNode item) {
        String value = item.path("encrypted_content").asText("");
        if (!item.path("encrypted_content").isTextual() || value.isEmpty()) {
            return null;
        }
        JsonNode id = item.path("id");
        return ProviderSignature.unpack(value)
                .orElseGet(() -> new ProviderSignature(
                        OpenAiResponsesProtocol.NAME,
                        null,
                        null,
                        SignatureKind.ENCRYPTED_CONTENT,
                        value,
                        id.isTextual() ? id.textValue() : null));
    }

    static boolean isOwn(ProviderSignature seal) {
        return seal.issuer().equals(OpenAiResponsesProtocol.NAME) && seal.kind() == SignatureKind.ENCRYPTED_CONTENT;
    }

    /** {@code encrypted_content} of a seal. */
    static String sealed(ProviderSignature seal) {
        return isOwn(seal) ? seal.value() : seal.packed();
    }

    /** An item for an answer. */
    static ObjectNode item(String id, String text, @Nullable ProviderSignature seal, String status) {
        ObjectNode item = Json.object().put("id", id).put("type", "reasoning");
        var summary = item.putArray("summary");
        if (!text.isEmpty()) {
            summary.add(summaryText(text));
        }
        return item.put("encrypted_content", seal == null ? null : sealed(seal)).put("status", status);
    }

    static ObjectNode summaryText(String text) {
        return Json.object().put("type", "summary_text").put("text", text);
    }

    /**
     * An item of the history for an upstream: only what it issued itself, and without the item's id, which an upstream
     * compares with the one it gave.
     */
    static @Nullable ObjectNode history(Part.Reasoning part) {
        ProviderSignature seal = part.signature();
        if (seal == null || !isOwn(seal)) {
            return null;
        }
        ObjectNode item = Json.object().put("type", "reasoning");
        var summary = item.putArray("summary");
        if (!part.text().isEmpty()) {
            summary.add(summaryText(part.text()));
        }
        return item.put("encrypted_content", seal.value());
    }

    private static String texts(JsonNode parts, String between) {
        var text = new StringBuilder();
        for (JsonNode part : parts) {
            String piece = part.path("text").asText("");
            if (!piece.isEmpty()) {
                text.append(text.isEmpty() ? "" : between).append(piece);
            }
        }
        return text.toString();
    }
}
