package dev.serai.call;

import dev.serai.stream.ByteSink;
import java.io.Closeable;

/**
 * A streamed answer in the caller's protocol, pulled by the one thread that writes it: a slow reader slows the source.
 * Failures never leave it as exceptions: before the first content {@link #open} refuses, afterwards the protocol's error
 * event is the last thing appended.
 */
public interface AnswerStream extends Closeable {

    /** What is ready for the caller; the writer empties it. */
    ByteSink out();

    /**
     * Reads from the upstream until there is something for the caller, or the end.
     *
     * @return false when the answer is over, well or not; {@link #out()} may still hold its last bytes
     */
    boolean advance();

    /** Stops the upstream if it is still running. */
    @Override
    void close();
}
