package dev.serai.message;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A failure that a caller may be told about.
 *
 * @param kind which envelope it gets
 * @param type what it means for the next attempt
 * @param message a sentence for the caller; never a secret, an upstream URL or an exception's text
 * @param param the request field at fault, as a path such as {@code messages[2].content}
 * @param retryAfter how long waiting helps, when it helps
 */
public record Failure(
        Kind kind,
        FailureClass type,
        String message,
        @Nullable String param,
        @Nullable Duration retryAfter) {

    public static Failure of(Kind kind, FailureClass type, String message) {
        return new Failure(kind, type, message, null, null);
    }

    /** The caller's own mistake in the field {@code param}. */
    public static Failure invalid(String param, String message) {
        return new Failure(Kind.INVALID_REQUEST, FailureClass.CLIENT, message, param, null);
    }

    public Failure withRetryAfter(@Nullable Duration wait) {
        return new Failure(kind, type, message, param, wait);
    }
}
