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

    public static Message of(Role role, List<Part> parts) {
        return new Message(role, parts, null, null);
    }

    public static Message of(Role role, String text) {
        return of(role, List.of(new Part.Text(text)));
    }
}
