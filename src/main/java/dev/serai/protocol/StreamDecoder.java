package dev.serai.protocol;

import dev.serai.message.ChatEvent;
import dev.serai.message.Usage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An upstream's stream as canonical events. One per answer, one thread at a time. */
public interface StreamDecoder {

    /**
     * Reads one server-sent event.
     *
     * @param event the event's name, or {@code ""}
     * @param bytes a buffer that holds the data of the event at {@code [from, to)}; valid during this call only
     * @param out gets the events; a failure told inside the stream is a {@code Failed}
     */
    void event(String event, byte[] bytes, int from, int to, Consumer<ChatEvent> out);

    /** The source ended without an I/O error; without a finish before, this is a {@code Failed}. */
    void end(Consumer<ChatEvent> out);

    /** Whether the answer's last event has been read, so that what may still come is of no interest. */
    default boolean complete() {
        return false;
    }

    /**
     * Whether the answer is whole although its source may go on: the wire has no sentinel, and what ends an answer has been
     * seen. A source that breaks from then on has merely ended.
     */
    default boolean mayBreakOff() {
        return false;
    }

    /** What the upstream has told by now of what the answer uses, a report that is still held back included; or null. */
    default @Nullable Usage usage() {
        return null;
    }
}
