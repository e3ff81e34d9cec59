package dev.serai.protocol.anthropicmessages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.Failure;
import dev.serai.message.Kind;
import dev.serai.protocol.ErrorAnswer;
import dev.serai.stream.ByteSink;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The error envelope {@code {"type":"error","error":{type,message},"request_id"}} and the headers that steer the SDKs' retries. */
final class AnthropicMessagesErrors {

    static final String REQUEST_ID = "request-id";

    /** What agents look for to shorten a conversation. */
    private static final String TOO_LONG = "prompt is too long";

    private static final int OVERLOADED = 529;
    private static final Duration LONG_WAIT = Duration.ofSeconds(60);

    private AnthropicMessagesErrors() {}

    static ErrorAnswer answer(Failure failure, String requestId) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", "application/json");
        headers.put(REQUEST_ID, requestId);
        headers.put("x-request-id", requestId);
        Duration wait = failure.retryAfter();
        if (wait != null || failure.kind() == Kind.RATE_LIMITED || failure.kind() == Kind.OVERLOADED) {
            headers.put("Retry-After", Long.toString(seconds(wait)));
        }
        if (failure.kind() == Kind.QUOTA_EXHAUSTED && (wait == null || wait.compareTo(LONG_WAIT) > 0)) {
            headers.put("x-should-retry", "false");
        }
        return new ErrorAnswer(status(failure.kind()), Map.copyOf(headers), Json.bytes(envelope(failure, requestId)));
    }

    static void event(Failure failure, String requestId, ByteSink out) {
        EventWriter.event("error", envelope(failure, requestId), out);
    }

    private static ObjectNode envelope(Failure failure, String requestId) {
        ObjectNode envelope = Json.object().put("type", "error");
        ObjectNode error = envelope.putObject("error");
        error.put("type", type(failure.kind()));
        error.put("message", message(failure));
        if (failure.kind() == Kind.QUOTA_EXHAUSTED) {
            error.putObject("details").put("error_code", "enforced_spend_limit_reached");
        }
        return envelope.put("request_id", requestId);
    }

    private static int status(Kind kind) {
        return kind == Kind.OVERLOADED ? OVERLOADED : kind.status();
    }

    private static long seconds(@Nullable Duration wait) {
        return wait == null ? 1 : Math.max(1, wait.plusMillis(999).toSeconds());
    }

    private static String message(Failure failure) {
        String message = failure.message();
        boolean tooLong = failure.kind() == Kind.CONTEXT_LENGTH_EXCEEDED;
        return tooLong && !message.toLowerCase(Locale.ROOT).contains(TOO_LONG) ? TOO_LONG + ": " + message : message;
    }

    private static String type(Kind kind) {
        return switch (kind) {
            case INVALID_REQUEST,
                    UNSUPPORTED_PARAMETER,
                    CONTEXT_LENGTH_EXCEEDED,
                    CONTENT_BLOCKED,
                    PREVIOUS_RESPONSE_NOT_FOUND,
                    METHOD_NOT_ALLOWED,
                    UNSUPPORTED_MEDIA_TYPE -> "invalid_request_error";
            case AUTHENTICATION -> "authentication_error";
            case PERMISSION -> "permission_error";
            case MODEL_NOT_FOUND, NOT_FOUND -> "not_found_error";
            case REQUEST_TOO_LARGE -> "request_too_large";
            case RATE_LIMITED, QUOTA_EXHAUSTED -> "rate_limit_error";
            case OVERLOADED -> "overloaded_error";
            case TIMEOUT -> "timeout_error";
            case UPSTREAM_ERROR, INTERNAL, CLIENT_CLOSED -> "api_error";
        };
    }
}
