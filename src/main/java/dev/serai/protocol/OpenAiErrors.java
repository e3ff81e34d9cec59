package dev.serai.protocol;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.Failure;
import dev.serai.message.Kind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Errors of the OpenAI protocols: the envelope {@code {"error":{message,type,param,code}}} and the headers that steer the SDKs' retries. */
public final class OpenAiErrors {

    private static final Duration LONG_WAIT = Duration.ofSeconds(60);

    private OpenAiErrors() {}

    /** An error before the first byte. */
    public static ErrorAnswer answer(Failure failure, String requestId) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", "application/json");
        headers.put("x-request-id", requestId);
        Duration wait = failure.retryAfter();
        if (wait != null || isWaitingKind(failure.kind())) {
            headers.put("Retry-After", Long.toString(seconds(wait)));
        }
        if (!mayRetry(failure)) {
            headers.put("x-should-retry", "false");
        }
        return new ErrorAnswer(failure.kind().status(), Map.copyOf(headers), Json.bytes(envelope(failure)));
    }

    /** {@code {"error":{message,type,param,code}}}. */
    public static ObjectNode envelope(Failure failure) {
        ObjectNode envelope = JsonNodeFactory.instance.objectNode();
        ObjectNode error = envelope.putObject("error");
        error.put("message", message(failure));
        error.put("type", type(failure.kind()));
        error.put("param", failure.param());
        error.put("code", code(failure.kind()));
        return envelope;
    }

    private static boolean isWaitingKind(Kind kind) {
        return kind == Kind.RATE_LIMITED || kind == Kind.OVERLOADED;
    }

    /** A quota that frees up within a minute is worth a retry; a used-up budget and blocked content are not. */
    private static boolean mayRetry(Failure failure) {
        if (failure.kind() == Kind.CONTENT_BLOCKED) {
            return false;
        }
        Duration wait = failure.retryAfter();
        return failure.kind() != Kind.QUOTA_EXHAUSTED || wait != null && wait.compareTo(LONG_WAIT) <= 0;
    }

    private static long seconds(@Nullable Duration wait) {
        return wait == null ? 1 : Math.max(1, wait.plusMillis(999).toSeconds());
    }

    /** The sentence for the caller; it names the wait where clients look for it. */
    public static String message(Failure failure) {
        String message = failure.message();
        if (failure.kind() != Kind.RATE_LIMITED || message.contains("try again in")) {
            return message;
        }
        return message + " Please try again in " + seconds(failure.retryAfter()) + "s.";
    }

    private static String type(Kind kind) {
        return switch (kind) {
            case INVALID_REQUEST,
                    UNSUPPORTED_PARAMETER,
                    CONTEXT_LENGTH_EXCEEDED,
                    CONTENT_BLOCKED,
                    AUTHENTICATION,
                    PERMISSION,
                    MODEL_NOT_FOUND,
                    NOT_FOUND,
                    METHOD_NOT_ALLOWED,
                    UNSUPPORTED_MEDIA_TYPE,
                    PREVIOUS_RESPONSE_NOT_FOUND,
                    REQUEST_TOO_LARGE -> "invalid_request_error";
            case RATE_LIMITED -> "rate_limit_exceeded";
            case QUOTA_EXHAUSTED -> "insufficient_quota";
            case OVERLOADED, UPSTREAM_ERROR, TIMEOUT, INTERNAL, CLIENT_CLOSED -> "server_error";
        };
    }

    /** The word that tells what went wrong; null where the type says enough. */
    public static @Nullable String code(Kind kind) {
        return switch (kind) {
            case INVALID_REQUEST, NOT_FOUND -> null;
            case UNSUPPORTED_PARAMETER -> "unsupported_parameter";
            case CONTEXT_LENGTH_EXCEEDED -> "context_length_exceeded";
            case CONTENT_BLOCKED -> "content_filter";
            case AUTHENTICATION -> "invalid_api_key";
            case PERMISSION -> "permission_denied";
            case MODEL_NOT_FOUND -> "model_not_found";
            case PREVIOUS_RESPONSE_NOT_FOUND -> "previous_response_not_found";
            case METHOD_NOT_ALLOWED -> "method_not_supported";
            case UNSUPPORTED_MEDIA_TYPE -> "unsupported_media_type";
            case REQUEST_TOO_LARGE -> "request_too_large";
            case RATE_LIMITED -> "rate_limit_exceeded";
            case QUOTA_EXHAUSTED -> "insufficient_quota";
            case OVERLOADED -> "overloaded";
            case UPSTREAM_ERROR -> "upstream_error";
            case TIMEOUT -> "timeout";
            case INTERNAL -> "internal_error";
            case CLIENT_CLOSED -> "client_closed";
        };
    }
}
