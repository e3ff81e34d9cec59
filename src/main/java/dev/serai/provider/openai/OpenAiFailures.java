package dev.serai.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.provider.ErrorBody;
import dev.serai.provider.Failures;
import dev.serai.provider.RetryHint;
import dev.serai.provider.UpstreamFailure;
import dev.serai.provider.UpstreamReply;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The failures of OpenAI and of what is compatible with it. What the error says of itself comes before the HTTP status:
 * a 400 that means the key, the quota or the model is told as such.
 */
public final class OpenAiFailures implements Failures {

    private static final int UNKNOWN = 0;

    @Override
    public Failure of(UpstreamReply reply) {
        int status = reply.status();
        if (status >= 300 && status < 400) {
            return UpstreamFailure.of(FailureClass.MODEL, Kind.UPSTREAM_ERROR, null);
        }
        var error = ErrorBody.read(reply.body());
        var wait = RetryHint.of(reply.headers(), error.message(), reply.now());
        if (!error.json() || reply.html()) {
            return notJson(status, wait);
        }
        return status < 300 ? inside(error, wait) : failure(status, error, wait);
    }

    @Override
    public Failure inStream(JsonNode data, Instant now) {
        var error = ErrorBody.of(data);
        return inside(error, RetryHint.of(UpstreamReply.Headers.NONE, error.message(), now));
    }

    /** An error under a 200: its code may be the status that it ought to have had. */
    private static Failure inside(ErrorBody error, @Nullable Duration wait) {
        int number = error.number();
        if (number >= 400 && number < 600) {
            return failure(number, error, wait);
        }
        return failure(error.named("invalid_request_error") ? 400 : UNKNOWN, error, wait);
    }

    /** A proxy's page or nothing at all: only the credential's and the path's statuses mean what they say. */
    private static Failure notJson(int status, @Nullable Duration wait) {
        return switch (status) {
            case 401 -> UpstreamFailure.of(FailureClass.KEY_DEAD);
            case 402 -> UpstreamFailure.of(FailureClass.QUOTA, wait);
            case 404, 405, 410 -> UpstreamFailure.of(FailureClass.MODEL, Kind.UPSTREAM_ERROR, null);
            case 413 -> UpstreamFailure.of(FailureClass.CLIENT, Kind.REQUEST_TOO_LARGE, null);
            case 429 -> UpstreamFailure.of(FailureClass.RATE, wait);
            case 503, 529 -> UpstreamFailure.of(FailureClass.OVERLOAD, wait);
            case 504 -> UpstreamFailure.of(FailureClass.UPSTREAM, Kind.TIMEOUT, null);
            default -> UpstreamFailure.of(FailureClass.UPSTREAM);
        };
    }

    private static Failure failure(int status, ErrorBody error, @Nullable Duration wait) {
        if (status == 401) {
            return UpstreamFailure.of(FailureClass.KEY_DEAD);
        }
        var ofRequest = status < 500 ? request(status, error) : null;
        if (ofRequest != null) {
            return ofRequest;
        }
        var ofCredential = credential(status, error, wait);
        return ofCredential != null ? ofCredential : byStatus(status, error, wait);
    }

    /** What is wrong with the request for this model: its length, its content, the model's name. */
    private static @Nullable Failure request(int status, ErrorBody error) {
        if (error.says("request too large for")) {
            return told(FailureClass.CONTEXT, Kind.REQUEST_TOO_LARGE, error);
        }
        if (error.named("invalid_encrypted_content")) {
            return told(FailureClass.REASONING, Kind.INVALID_REQUEST, error);
        }
        if (error.named("context_length_exceeded", "model_context_window_exceeded")
                || error.says(
                        "maximum context length",
                        "context_length_exceeded",
                        "context window",
                        "prompt is too long",
                        "input token count",
                        "exceed context limit")) {
            return told(FailureClass.CONTEXT, Kind.CONTEXT_LENGTH_EXCEEDED, error);
        }
        if (status != 429 && blocked(error)) {
            return told(FailureClass.CONTENT, Kind.CONTENT_BLOCKED, error);
        }
        if (error.named("model_not_found", "model_not_supported", "model_not_available", "invalid_model")
                || (status != 429
                        && error.says("model")
                        && error.says("does not exist", "not exist", "model not found"))
                || (status == 404 && error.says("model") && error.says("not found"))) {
            return told(FailureClass.MODEL, Kind.MODEL_NOT_FOUND, error);
        }
        return null;
    }

    private static boolean blocked(ErrorBody error) {
        return error.named("content_policy_violation", "content_filter", "moderation_blocked", "invalid_prompt")
                || error.says(
                        "content_filter", "responsibleaipolicyviolation", "content management policy", "was flagged")
                || (error.param() == null
                        && error.says("safety")
                        && !error.says("safety_identifier", "safety_settings", "safetysettings"));
    }

    /** What is wrong with the credential or the capacity, said by code or text. */
    private static @Nullable Failure credential(int status, ErrorBody error, @Nullable Duration wait) {
        if (error.named("invalid_api_key", "account_deactivated", "authentication_error", "token_expired")
                || (status < 500
                        && error.says("api_key_invalid", "api key not valid", "api key expired", "invalid api key"))) {
            return UpstreamFailure.of(FailureClass.KEY_DEAD);
        }
        if (exhausted(status, error, wait)) {
            return UpstreamFailure.of(FailureClass.QUOTA);
        }
        if (error.named("unsupported_country_region_territory", "permission_denied", "permission_error")) {
            return UpstreamFailure.of(FailureClass.KEY_RIGHTS);
        }
        if (error.named(
                        "overloaded",
                        "overloaded_error",
                        "engine_overloaded",
                        "engine_overloaded_error",
                        "server_overloaded")
                || (status == 429 && error.code() == null && error.says("overloaded"))) {
            return UpstreamFailure.of(FailureClass.OVERLOAD, wait);
        }
        if (error.named("rate_limit_exceeded", "rate_limit_error", "rate_limit_reached_error")) {
            return UpstreamFailure.of(FailureClass.RATE, wait);
        }
        return null;
    }

    /** A quota text that tells a short wait means a window of minutes, not an empty account. */
    private static boolean exhausted(int status, ErrorBody error, @Nullable Duration wait) {
        if (error.named(
                "insufficient_quota",
                "billing_hard_limit_reached",
                "billing_not_active",
                "billing_error",
                "insufficient_balance",
                "insufficient_user_quota",
                "exceeded_current_quota_error")) {
            return true;
        }
        boolean said = error.says(
                "exceeded your current quota",
                "insufficient balance",
                "insufficient credits",
                "credit balance is too low");
        return said && status < 500 && (status != 429 || wait == null);
    }

    private static Failure byStatus(int status, ErrorBody error, @Nullable Duration wait) {
        return switch (status) {
            case 400, 422 -> told(FailureClass.CLIENT, refused(error), error);
            case 413 -> told(FailureClass.CLIENT, Kind.REQUEST_TOO_LARGE, error);
            case 402 -> UpstreamFailure.of(FailureClass.QUOTA);
            case 403 -> UpstreamFailure.of(FailureClass.KEY_RIGHTS);
            case 404, 405, 410 -> UpstreamFailure.of(FailureClass.MODEL, Kind.UPSTREAM_ERROR, null);
            case 429 -> UpstreamFailure.of(FailureClass.RATE, wait);
            case 503, 529 -> UpstreamFailure.of(FailureClass.OVERLOAD, wait);
            case 504 -> UpstreamFailure.of(FailureClass.UPSTREAM, Kind.TIMEOUT, null);
            default -> UpstreamFailure.of(FailureClass.UPSTREAM);
        };
    }

    private static Kind refused(ErrorBody error) {
        return error.named("unsupported_parameter", "unsupported_value")
                ? Kind.UNSUPPORTED_PARAMETER
                : Kind.INVALID_REQUEST;
    }

    private static Failure told(FailureClass type, Kind kind, ErrorBody error) {
        return UpstreamFailure.told(type, kind, error.message(), error.param());
    }
}
