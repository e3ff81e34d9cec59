package dev.serai.protocol.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Fields;
import dev.serai.json.Json;
import dev.serai.message.Part;
import dev.serai.message.ProviderSignature;
import dev.serai.message.ReasoningForm;
import dev.serai.message.ToolKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one model turn. A seal of Gemini's stays on its part; a seal that another provider set on its reasoning
 * travels on the part behind and is put back where it belongs.
 */
final class ModelParts {

    private final List<Part> parts;

    ModelParts(List<Part> before) {
        this.parts = new ArrayList<>(before);
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    List<Part> list() {
        return parts;
    }

    /** Ids of calls. */
    @FunctionalInterface
    interface CallIds {

        /** The id of a call that came with the one given, or without. */
        String id(@Nullable String given);
    }

    void add(Fields part, CallIds callId) {
        ProviderSignature seal = Seals.read(part.text("thoughtSignature"));
        boolean thought = Boolean.TRUE.equals(part.flag("thought"));
        String text = part.text("text");
        boolean own = thought && text != null && !text.isEmpty();
        if (seal != null && Seals.ofReasoning(seal) && !own) {
            place(seal);
            seal = null;
        }
        Fields call = part.object("functionCall");
        if (call != null) {
            parts.add(call(call, callId, seal));
        } else if (thought) {
            reasoning(text == null ? "" : text, seal);
        } else if (text != null) {
            text(text, seal);
        } else if (!part.has("thoughtSignature") || PartsDecoder.hasData(part)) {
            parts.add(PartsDecoder.whole(part));
        } else if (seal != null) {
            text("", seal);
        }
    }

    private void reasoning(String text, @Nullable ProviderSignature seal) {
        if (!text.isEmpty() || seal != null) {
            parts.add(new Part.Reasoning(text, ReasoningForm.FULL, seal));
        }
    }

    private void text(String text, @Nullable ProviderSignature seal) {
        if (!text.isEmpty() || seal != null) {
            parts.add(new Part.Text(text, List.of(), null, seal));
        }
    }

    private void place(ProviderSignature seal) {
        for (int i = parts.size() - 1; i >= 0 && !Seals.standsAlone(seal); i--) {
            if (parts.get(i) instanceof Part.Reasoning reasoning) {
                if (reasoning.signature() == null) {
                    parts.set(i, new Part.Reasoning(reasoning.text(), reasoning.form(), seal));
                    return;
                }
                break;
            }
        }
        parts.add(new Part.Reasoning("", Seals.form(seal), seal));
    }

    private static Part.ToolCall call(Fields call, CallIds callId, @Nullable ProviderSignature seal) {
        JsonNode args = call.get("args");
        if (args != null && !args.isObject()) {
            throw call.invalid("args", "an object is expected");
        }
        String arguments = args == null ? "{}" : new String(Json.bytes(args), StandardCharsets.UTF_8);
        String id = callId.id(call.text("id"));
        return new Part.ToolCall(id, call.requiredText("name"), ToolKind.FUNCTION, arguments, seal);
    }
}
