package dev.serai.protocol.openairesponses;

import dev.serai.message.Message;
import dev.serai.message.Part;
import dev.serai.message.ProviderSignature;
import dev.serai.message.Role;
import dev.serai.message.SignatureKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One turn of the assistant while its items come in. */
final class AssistantTurn {

    private final List<Part> parts = new ArrayList<>();
    private final Map<String, String> calls = new LinkedHashMap<>();
    private @Nullable String phase;

    void add(Part part) {
        parts.add(part);
    }

    void message(List<Part> content, @Nullable String messagePhase) {
        phase = messagePhase == null ? phase : messagePhase;
        for (Part part : content) {
            if (!(part instanceof Part.Text text) || !text.text().isEmpty()) {
                parts.add(part);
            }
        }
    }

    /** Whether a message of this phase cannot stand in this turn. */
    boolean isOtherPhase(@Nullable String other) {
        return phase != null && other != null && !phase.equals(other) && calls.isEmpty();
    }

    void call(Part.ToolCall call) {
        parts.add(call);
        calls.put(call.id(), call.name());
    }

    /** A seal that came behind a text or a call belongs to it: {@link OpenAiResponsesResponseEncoder} puts it there. */
    void reasoning(Part.@Nullable Reasoning part) {
        if (part == null) {
            return;
        }
        ProviderSignature seal = part.signature();
        boolean ofPart = seal != null
                && seal.kind() == SignatureKind.THOUGHT_SIGNATURE
                && part.text().isEmpty()
                && !parts.isEmpty();
        Part sealed = ofPart ? sealed(parts.getLast(), seal) : null;
        if (sealed == null) {
            parts.add(part);
        } else {
            parts.set(parts.size() - 1, sealed);
        }
    }

    private static @Nullable Part sealed(Part part, @Nullable ProviderSignature seal) {
        if (part instanceof Part.ToolCall call && call.signature() == null) {
            return new Part.ToolCall(call.id(), call.name(), call.kind(), call.arguments(), seal);
        }
        if (part instanceof Part.Text text && text.signature() == null) {
            return new Part.Text(text.text(), text.citations(), text.cache(), seal);
        }
        return null;
    }

    /** The names of the turn's calls by their ids, in order. */
    Map<String, String> calls() {
        return calls;
    }

    /** Null for a turn that says nothing; reasoning that led to nothing is nothing. */
    @Nullable
    Message turn() {
        int end = parts.size();
        while (end > 0 && parts.get(end - 1) instanceof Part.Reasoning) {
            end--;
        }
        return end == 0 ? null : new Message(Role.ASSISTANT, parts.subList(0, end), null, phase);
    }
}
