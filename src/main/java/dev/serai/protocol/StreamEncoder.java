package dev.serai.protocol;

import dev.serai.message.ChatEvent;
import dev.serai.stream.ByteSink;

/** Canonical events as one protocol's stream. One per answer, one thread at a time. */
public interface StreamEncoder {

    /** Appends the wire form of {@code event}; may append nothing. After {@code Failed} nothing may be appended. */
    void encode(ChatEvent event, ByteSink out);

    /** The source ended cleanly after a {@code Finished}: appends what closes the stream. */
    void end(ByteSink out);
}
