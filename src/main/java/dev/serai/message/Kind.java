package dev.serai.message;

/**
 * What went wrong, as a caller may know it: the closed list behind every protocol's error envelope.
 * The HTTP status is the OpenAI one; a protocol may map it (Anthropic answers 529 for {@link #OVERLOADED}).
 */
public enum Kind {
    INVALID_REQUEST(400),
    UNSUPPORTED_PARAMETER(400),
    CONTEXT_LENGTH_EXCEEDED(400),
    CONTENT_BLOCKED(400),
    /** What the request builds on is not kept, or not for this key. */
    PREVIOUS_RESPONSE_NOT_FOUND(400),
    AUTHENTICATION(401),
    PERMISSION(403),
    MODEL_NOT_FOUND(404),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    UNSUPPORTED_MEDIA_TYPE(415),
    REQUEST_TOO_LARGE(413),
    RATE_LIMITED(429),
    QUOTA_EXHAUSTED(429),
    OVERLOADED(503),
    UPSTREAM_ERROR(502),
    TIMEOUT(504),
    INTERNAL(500),
    /** The caller left; never written to a wire, only to the access log. */
    CLIENT_CLOSED(499);

    private final int status;

    Kind(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }
}
