package dev.serai.protocol.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.Failure;
import dev.serai.message.Kind;
import dev.serai.protocol.ErrorAnswer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The error envelope {@code {"error":{code,message,status,details}}} (google.rpc.Status), with the details by which
 * Google's clients decide whether to wait.
 */
final class GeminiErrors {

    private static final Duration LONG_WAIT = Duration.ofSeconds(60);
    /** What clients look for to shorten a conversation. */
    private static final String TOO_LONG = "token count";

    private static final String TYPE = "type.googleapis.com/google.rpc.";

    private GeminiErrors() {}

    static ErrorAnswer answer(Failure failure, String requestId) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", "application/json");
        headers.put("x-request-id", requestId);
        Duration wait = failure.retryAfter();
        if (wait != null || failure.kind() == Kind.RATE_LIMITED || failure.kind() == Kind.OVERLOADED) {
            headers.put("Retry-After", Long.toString(seconds(wait)));
        }
        return new ErrorAnswer(code(failure.kind()), Map.copyOf(headers), body(failure));
    }

    static byte[] body(Failure failure) {
        ObjectNode envelope = Json.object();
        ObjectNode error = envelope.putObject("error");
        error.put("code", code(failure.kind()));
        error.put("message", message(failure));
        error.put("status", status(failure.kind()));
        ArrayNode details = details(failure);
        if (!details.isEmpty()) {
            error.set("details", details);
        }
        return Json.bytes(envelope);
    }

    private static ArrayNode details(Failure failure) {
        ArrayNode details = Json.array();
        switch (failure.kind()) {
            case AUTHENTICATION ->
                info(details, "API_KEY_INVALID", "googleapis.com").put("service", "generativelanguage.googleapis.com");
            case RATE_LIMITED -> wait(details, failure);
            case QUOTA_EXHAUSTED -> {
                if (isShort(failure.retryAfter())) {
                    wait(details, failure);
                } else {
                    info(details, "QUOTA_EXHAUSTED", "gateway");
                    details.addObject()
                            .put("@type", TYPE + "QuotaFailure")
                            .putArray("violations")
                            .addObject()
                            .put("quotaMetric", "gateway/budget")
                            .put("quotaId", "BudgetPerDayPerKey");
                }
            }
            default -> {}
        }
        return details;
    }

    private static void wait(ArrayNode details, Failure failure) {
        info(details, "RATE_LIMIT_EXCEEDED", "gateway");
        details.addObject().put("@type", TYPE + "RetryInfo").put("retryDelay", seconds(failure.retryAfter()) + "s");
    }

    private static ObjectNode info(ArrayNode details, String reason, String domain) {
        return details.addObject()
                .put("@type", TYPE + "ErrorInfo")
                .put("reason", reason)
                .put("domain", domain)
                .putObject("metadata");
    }

    /** A quota that frees up within a minute is worth a retry; a used-up budget is not. */
    private static boolean isShort(@Nullable Duration wait) {
        return wait != null && wait.compareTo(LONG_WAIT) <= 0;
    }

    private static long seconds(@Nullable Duration wait) {
        return wait == null ? 1 : Math.max(1, wait.plusMillis(999).toSeconds());
    }

    private static String message(Failure failure) {
        String message = failure.message();
        if (failure.kind() == Kind.CONTEXT_LENGTH_EXCEEDED && !message.contains(TOO_LONG)) {
            return "The input " + TOO_LONG + " exceeds the maximum. " + message;
        }
        boolean waits = failure.kind() == Kind.RATE_LIMITED
                || failure.kind() == Kind.QUOTA_EXHAUSTED && isShort(failure.retryAfter());
        if (!waits || message.toLowerCase(Locale.ROOT).contains("retry in")) {
            return message;
        }
        return message + " Please retry in " + seconds(failure.retryAfter()) + "s.";
    }

    /** The HTTP status, where Gemini's differs from OpenAI's. */
    private static int code(Kind kind) {
        return switch (kind) {
            case REQUEST_TOO_LARGE -> 400;
            case UPSTREAM_ERROR -> 500;
            case INVALID_REQUEST,
                    UNSUPPORTED_PARAMETER,
                    CONTEXT_LENGTH_EXCEEDED,
                    CONTENT_BLOCKED,
                    AUTHENTICATION,
                    PERMISSION,
                    MODEL_NOT_FOUND,
                    PREVIOUS_RESPONSE_NOT_FOUND,
                    NOT_FOUND,
                    METHOD_NOT_ALLOWED,
                    UNSUPPORTED_MEDIA_TYPE,
                    RATE_LIMITED,
                    QUOTA_EXHAUSTED,
                    OVERLOADED,
                    TIMEOUT,
                    INTERNAL,
                    CLIENT_CLOSED -> kind.status();
        };
    }

    private static String status(Kind kind) {
        return switch (kind) {
            case INVALID_REQUEST,
                    UNSUPPORTED_PARAMETER,
                    CONTEXT_LENGTH_EXCEEDED,
                    CONTENT_BLOCKED,
                    PREVIOUS_RESPONSE_NOT_FOUND,
                    UNSUPPORTED_MEDIA_TYPE,
                    REQUEST_TOO_LARGE -> "INVALID_ARGUMENT";
            case AUTHENTICATION -> "UNAUTHENTICATED";
            case PERMISSION -> "PERMISSION_DENIED";
            case MODEL_NOT_FOUND, NOT_FOUND -> "NOT_FOUND";
            case METHOD_NOT_ALLOWED -> "UNIMPLEMENTED";
            case RATE_LIMITED, QUOTA_EXHAUSTED -> "RESOURCE_EXHAUSTED";
            case OVERLOADED -> "UNAVAILABLE";
            case UPSTREAM_ERROR, INTERNAL -> "INTERNAL";
            case TIMEOUT -> "DEADLINE_EXCEEDED";
            case CLIENT_CLOSED -> "CANCELLED";
        };
    }
}
