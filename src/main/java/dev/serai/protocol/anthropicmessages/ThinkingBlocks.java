package dev.serai.protocol.anthropicmessages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Fields;
import dev.serai.json.Json;
import dev.serai.message.Part;
import dev.serai.message.ProviderSignature;
import dev.serai.message.ReasoningForm;
import dev.serai.message.SignatureKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Thinking with its seal. A seal of a call or a text, as Gemini has it, travels in a {@code redacted_thinking} block of its
 * own right behind that block, and finds back to it.
 */
final class ThinkingBlocks {

    private ThinkingBlocks() {}

    // -- from a caller

    static void read(Fields block, String type, List<Part> parts) {
        boolean redacted = type.equals("redacted_thinking");
        String value = block.text(redacted ? "data" : "signature");
        SignatureKind kind = redacted ? SignatureKind.REDACTED_DATA : SignatureKind.SIGNATURE;
        ProviderSignature seal = Signatures.read(value, kind, Signatures.ISSUER);
        if (!redacted) {
            String text = block.text("thinking");
            if (seal != null || text != null && !text.isBlank()) {
                parts.add(new Part.Reasoning(text == null ? "" : text, ReasoningForm.FULL, seal));
            }
        } else if (seal != null && !seals(seal, parts)) {
            parts.add(new Part.Reasoning("", ReasoningForm.REDACTED, seal));
        }
    }

    /** Gives the seal back to the call or text before it. @return whether it belongs there */
    private static boolean seals(ProviderSignature seal, List<Part> parts) {
        if (seal.issuer().equals(Signatures.ISSUER) || parts.isEmpty()) {
            return false;
        }
        Part sealed = sealed(parts.getLast(), seal);
        if (sealed == null) {
            return false;
        }
        parts.set(parts.size() - 1, sealed);
        return true;
    }

    private static @Nullable Part sealed(Part part, ProviderSignature seal) {
        if (part instanceof Part.ToolCall call && call.signature() == null) {
            return new Part.ToolCall(call.id(), call.name(), call.kind(), call.arguments(), seal);
        }
        boolean ofText = seal.kind() == SignatureKind.THOUGHT_SIGNATURE;
        if (ofText && part instanceof Part.Text text && text.signature() == null) {
            return new Part.Text(text.text(), text.citations(), text.cache(), seal);
        }
        return null;
    }

    // -- towards a caller

    static ObjectNode thinking(String text, @Nullable ProviderSignature seal) {
        return Json.object().put("type", "thinking").put("thinking", text).put("signature", Signatures.write(seal));
    }

    static ObjectNode redacted(ProviderSignature seal) {
        return Json.object().put("type", "redacted_thinking").put("data", Signatures.write(seal));
    }

    /** Whether a seal without text is a {@code redacted_thinking} block rather than empty thinking. */
    static boolean isRedacted(ProviderSignature seal) {
        return seal.kind() != SignatureKind.SIGNATURE;
    }
}
