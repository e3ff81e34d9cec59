package dev.serai.call;

import org.jspecify.annotations.Nullable;

/** What a call is answered with. */
public sealed interface Answer {

    /** A body that is there as a whole. */
    record Whole(int status, String contentType, byte[] body) implements Answer {}

    /** A stream of server-sent events, or of whatever {@code contentType} says. */
    record Streamed(String contentType, AnswerStream stream) implements Answer {}

    /**
     * A file's bytes; one that ends before it is whole has its connection cut, so that it never looks complete. It has
     * failed when the call has.
     *
     * @param length in bytes, -1 where it is not known
     */
    record Bytes(String contentType, long length, AnswerStream stream) implements Answer {}

    /** The status, 200 for a stream. */
    default int status() {
        return this instanceof Whole whole ? whole.status() : 200;
    }

    /** The whole body's size, or null for a stream. */
    default @Nullable Integer size() {
        return this instanceof Whole whole ? whole.body().length : null;
    }
}
