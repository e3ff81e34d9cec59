package dev.serai.protocol.openairesponses;

import dev.serai.message.Finish;
import dev.serai.message.Finish.Reason;
import dev.serai.message.Kind;
import org.jspecify.annotations.Nullable;

/** How an answer ends: {@code status}, {@code incomplete_details.reason} and {@code error.code}. */
final class Endings {

    private Endings() {}

    /** @param reason that of {@code incomplete_details}, or {@code ""} */
    static Finish decode(String status, String reason, boolean calls, boolean onlyRefusal) {
        if (status.equals(OutputItems.INCOMPLETE)) {
            return Finish.of(
                    switch (reason) {
                        case "max_output_tokens" -> Reason.LENGTH;
                        case "content_filter" -> Reason.CONTENT_FILTER;
                        default -> Reason.OTHER;
                    },
                    reason.isEmpty() ? status : reason);
        }
        Finish finish = Finish.of(Reason.STOP, OutputItems.COMPLETED).withCalls(calls);
        return onlyRefusal && !calls ? Finish.of(Reason.REFUSAL, OutputItems.COMPLETED) : finish;
    }

    /** Why the answer is not whole; null for one that is. */
    static @Nullable String incomplete(Reason reason) {
        return switch (reason) {
            case LENGTH, CONTEXT_WINDOW -> "max_output_tokens";
            case CONTENT_FILTER -> "content_filter";
            case STOP, STOP_SEQUENCE, TOOL_CALLS, REFUSAL, PAUSE, ERROR, OTHER -> null;
        };
    }

    /** The status of the answer, and of the item that it ended in. */
    static String status(Reason reason) {
        return incomplete(reason) == null ? OutputItems.COMPLETED : OutputItems.INCOMPLETE;
    }

    /** The code in the {@code error} of a response that failed; clients decide by it whether to try again. */
    static String errorCode(Kind kind) {
        return switch (kind) {
            case RATE_LIMITED -> "rate_limit_exceeded";
            case QUOTA_EXHAUSTED -> "insufficient_quota";
            case CONTEXT_LENGTH_EXCEEDED -> "context_length_exceeded";
            case INVALID_REQUEST,
                    UNSUPPORTED_PARAMETER,
                    PREVIOUS_RESPONSE_NOT_FOUND,
                    CONTENT_BLOCKED,
                    REQUEST_TOO_LARGE -> "invalid_prompt";
            case AUTHENTICATION,
                    PERMISSION,
                    MODEL_NOT_FOUND,
                    NOT_FOUND,
                    METHOD_NOT_ALLOWED,
                    UNSUPPORTED_MEDIA_TYPE,
                    OVERLOADED,
                    UPSTREAM_ERROR,
                    TIMEOUT,
                    INTERNAL,
                    CLIENT_CLOSED -> "server_error";
        };
    }
}
