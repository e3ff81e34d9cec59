package dev.serai.provider.zhipu;

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
 * Zhipu's failures: the business code comes before the HTTP status, because a 429 has four meanings here. The code is a
 * string or a number, in {@code error}, beside {@code success: false}, or, on the Anthropic surface, in type or message.
 */
public final class ZhipuFailures implements Failures {

    @Override
    public Failure of(UpstreamReply reply) {
        int status = reply.status();
        if (status >= 300 && status < 400) {
            return UpstreamFailure.of(FailureClass.MODEL, Kind.UPSTREAM_ERROR, null);
        }
        var error = reply.html() ? null : ErrorBody.read(reply.body());
        if (error == null || !error.json()) {
            return byStatus(status, null, RetryHint.of(reply.headers(), null, reply.now()));
        }
        var wait = RetryHint.of(reply.headers(), error.message(), reply.now());
        return failure(status < 300 ? 0 : status, error, wait, reply.now());
    }

    @Override
    public Failure inStream(JsonNode data, Instant now) {
        var error = ErrorBody.of(data);
        return failure(0, error, RetryHint.of(UpstreamReply.Headers.NONE, error.message(), now), now);
    }

    private static Failure failure(int status, ErrorBody error, @Nullable Duration wait, Instant now) {
        int code = ZhipuCode.find(error);
        if (code < 0) {
            int number = error.number();
            return byStatus(number >= 400 && number < 600 ? number : status, error, wait);
        }
        var type = ZhipuCode.type(code, status);
        if (type == null) {
            return byStatus(status, error, wait);
        }
        return switch (type) {
            case CLIENT -> told(type, Kind.INVALID_REQUEST, error);
            case CONTEXT -> told(type, Kind.CONTEXT_LENGTH_EXCEEDED, error);
            case CONTENT -> told(type, Kind.CONTENT_BLOCKED, error);
            case MODEL -> told(type, Kind.MODEL_NOT_FOUND, error);
            case QUOTA_WINDOW -> UpstreamFailure.of(type, ZhipuReset.in(code, error.message(), now));
            default -> UpstreamFailure.of(type, wait);
        };
    }

    private static Failure byStatus(int status, @Nullable ErrorBody error, @Nullable Duration wait) {
        return switch (status) {
            case 400, 422 ->
                error == null
                        ? UpstreamFailure.of(FailureClass.UPSTREAM)
                        : told(FailureClass.CLIENT, Kind.INVALID_REQUEST, error);
            case 413, 435 ->
                UpstreamFailure.told(
                        FailureClass.CLIENT, Kind.REQUEST_TOO_LARGE, error == null ? null : error.message(), null);
            case 401 -> UpstreamFailure.of(FailureClass.KEY_DEAD);
            case 402 -> UpstreamFailure.of(FailureClass.QUOTA);
            case 403 -> UpstreamFailure.of(error == null ? FailureClass.UPSTREAM : FailureClass.KEY_RIGHTS);
            case 434 -> UpstreamFailure.of(FailureClass.KEY_RIGHTS);
            case 404, 405, 410 -> UpstreamFailure.of(FailureClass.MODEL, Kind.UPSTREAM_ERROR, null);
            case 429 -> UpstreamFailure.of(FailureClass.RATE, wait);
            case 503, 529 -> UpstreamFailure.of(FailureClass.OVERLOAD, wait);
            case 504 -> UpstreamFailure.of(FailureClass.UPSTREAM, Kind.TIMEOUT, null);
            default -> named(error, wait);
        };
    }

    /** Without code and status, on the Anthropic surface's streams, the type is all there is. */
    private static Failure named(@Nullable ErrorBody error, @Nullable Duration wait) {
        if (error == null) {
            return UpstreamFailure.of(FailureClass.UPSTREAM);
        }
        if (error.named("rate_limit_error")) {
            return UpstreamFailure.of(FailureClass.RATE, wait);
        }
        if (error.named("overloaded_error")) {
            return UpstreamFailure.of(FailureClass.OVERLOAD, wait);
        }
        if (error.named("invalid_request_error") && error.message() != null) {
            return told(FailureClass.CLIENT, Kind.INVALID_REQUEST, error);
        }
        return UpstreamFailure.of(error.named("authentication_error") ? FailureClass.KEY_DEAD : FailureClass.UPSTREAM);
    }

    private static Failure told(FailureClass type, Kind kind, ErrorBody error) {
        return UpstreamFailure.told(type, kind, error.message(), error.param());
    }
}
