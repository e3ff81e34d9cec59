package dev.serai.testkit.sdk;

import java.util.List;

/**
 * An answer as a client has read it.
 *
 * @param turn the client's own object, to go back with the next turn
 */
public record Told(String reasoning, String text, List<Call> calls, End end, Object turn) {

    /** A call of a tool. @param arguments JSON text */
    public record Call(String id, String name, String arguments) {}

    /** Why it ended. */
    public enum End {
        STOP,
        CALLS,
        FILTERED,
        OTHER
    }
}
