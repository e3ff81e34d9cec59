package dev.serai.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One turn. Tool results stand in the user turn that follows the calls, before any other part of it.
 *
 * @param name the speaker's name, where the protocol has one
 * @param phase a phase mark of the OpenAI Responses protocol
 */
public record Message(
        Role role,
        List<Part> parts,
        @Nullable String name,
        @Nullable String phase) {

    public Message {
        parts = List.copyOf(parts);
    }

    /** The same without reasoning, and without seals on what is left. */
    public Message withoutReasoning() {
        var kept = parts.stream()
                .filter(part -> !(part instanceof Part.Reasoning))
                .map(Message::unsealed)
                .toList();
        return new Message(role, kept, name, phase);
    }

    private static Part unsealed(Part part) {
        return switch (part) {
            case Part.Text it -> new Part.Text(it.text(), it.citations(), it.cache(), null);
            case Part.ToolCall it -> new Part.ToolCall(it.id(), it.name(), it.kind(), it.arguments(), null);
            case Part.Image it -> it;
            case Part.Document it -> it;
            case Part.Audio it -> it;
            case Part.Video it -> it;
            case Part.ToolResult it -> it;
            case Part.Reasoning it -> it;
            case Part.RefusalText it -> it;
            case Part.Opaque it -> it;
        };
    }

    public static Message of(Role role, List<Part> parts) {
        return new Message(role, parts, null, null);
    }

    public static Message of(Role role, String text) {
        return of(role, List.of(new Part.Text(text)));
    }
}
