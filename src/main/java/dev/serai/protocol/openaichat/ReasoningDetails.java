package dev.serai.protocol.openaichat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Fields;
import dev.serai.json.Json;
import dev.serai.message.Part;
import dev.serai.message.ProviderSignature;
import dev.serai.message.ReasoningForm;
import dev.serai.message.SignatureKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reasoning beside the text: {@code reasoning_content} (also {@code reasoning}), and {@code reasoning_details[]} as
 * OpenRouter has it, which alone can carry signatures.
 */
final class ReasoningDetails {

    private ReasoningDetails() {}

    /** Reasoning parts of a message; the details win over the plain text. */
    static List<Part> parts(Fields message, Map<String, ProviderSignature> seals) {
        var parts = new ArrayList<Part>();
        message.each("reasoning_details", detail -> {
            if (!seals.containsKey(String.valueOf(detail.text("id")))) {
                parts.add(part(detail));
            }
        });
        String text = plainText(message.node());
        boolean anyText = parts.stream()
                .anyMatch(
                        part -> part instanceof Part.Reasoning it && !it.text().isEmpty());
        if (text != null && !anyText) {
            ProviderSignature seal = parts.size() == 1
                            && parts.getFirst() instanceof Part.Reasoning only
                            && only.form() != ReasoningForm.REDACTED
                    ? only.signature()
                    : null;
            if (seal != null) {
                parts.clear();
            }
            parts.addFirst(new Part.Reasoning(text, ReasoningForm.FULL, seal));
        }
        return parts;
    }

    /** The seals of calls: encrypted details that carry a call's id. */
    static Map<String, ProviderSignature> seals(Fields message) {
        var calls = new HashMap<String, ProviderSignature>();
        JsonNode toolCalls = message.node().path("tool_calls");
        message.each("reasoning_details", detail -> {
            String id = detail.text("id");
            ProviderSignature seal = signature(detail.node());
            if (id != null && seal != null && toolCalls.findValuesAsText("id").contains(id)) {
                calls.put(id, seal);
            }
        });
        return calls;
    }

    static @Nullable String plainText(JsonNode node) {
        for (String name : List.of("reasoning_content", "reasoning")) {
            JsonNode text = node.path(name);
            if (text.isTextual() && !text.textValue().isEmpty()) {
                return text.textValue();
            }
        }
        return null;
    }

    static Part.Reasoning part(Fields detail) {
        ProviderSignature seal = signature(detail.node());
        return switch (String.valueOf(detail.text("type"))) {
            case "reasoning.summary" ->
                new Part.Reasoning(orEmpty(detail.text("summary")), ReasoningForm.SUMMARY, seal);
            case "reasoning.encrypted" -> new Part.Reasoning("", ReasoningForm.REDACTED, seal);
            default -> new Part.Reasoning(orEmpty(detail.text("text")), ReasoningForm.FULL, seal);
        };
    }

    static @Nullable ProviderSignature signature(JsonNode detail) {
        boolean encrypted = detail.path("type").asText().equals("reasoning.encrypted");
        String value = detail.path(encrypted ? "data" : "signature").asText("");
        if (value.isEmpty()) {
            return null;
        }
        SignatureKind kind = encrypted ? SignatureKind.ENCRYPTED_CONTENT : SignatureKind.SIGNATURE;
        return ProviderSignature.unpack(value)
                .orElseGet(() -> ProviderSignature.of(OpenAiChatProtocol.NAME, kind, value));
    }

    /**
     * One detail.
     *
     * @param callId the call that the seal belongs to, or null
     */
    static ObjectNode detail(
            int index, @Nullable String text, @Nullable ProviderSignature seal, @Nullable String callId) {
        boolean encrypted = callId != null || seal != null && isOpaque(seal.kind());
        ObjectNode detail = Json.object();
        detail.put("type", encrypted ? "reasoning.encrypted" : "reasoning.text");
        if (callId != null) {
            detail.put("id", callId);
        }
        detail.put("index", index);
        if (text != null && !encrypted) {
            detail.put("text", text);
        }
        if (seal != null) {
            boolean own = seal.issuer().equals(OpenAiChatProtocol.NAME);
            detail.put(encrypted ? "data" : "signature", own ? seal.value() : seal.packed());
        }
        return detail;
    }

    /** Writes the reasoning of a message: the text, and details where there is a seal. */
    static void write(List<Part> parts, ObjectNode message) {
        var text = new StringBuilder();
        ArrayNode details = Json.array();
        boolean sealed = false;
        for (Part part : parts) {
            if (part instanceof Part.Reasoning it) {
                text.append(it.text());
                details.add(detail(details.size(), it.text(), it.signature(), null));
                sealed |= it.signature() != null;
            } else if (part instanceof Part.ToolCall call && call.signature() != null) {
                details.add(detail(details.size(), null, call.signature(), call.id()));
                sealed = true;
            }
        }
        if (!text.isEmpty()) {
            message.put("reasoning_content", text.toString());
        }
        if (sealed) {
            message.set("reasoning_details", details);
        }
    }

    private static boolean isOpaque(SignatureKind kind) {
        return kind == SignatureKind.REDACTED_DATA || kind == SignatureKind.ENCRYPTED_CONTENT;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
