package dev.serai.provider.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.provider.ErrorBody;
import dev.serai.provider.Failures;
import dev.serai.provider.RetryHint;
import dev.serai.provider.UpstreamFailure;
import dev.serai.provider.UpstreamReply;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The failures of Anthropic and of what is compatible with it. What the text says of key, money and length comes before the
 * HTTP status; under a 200 and inside a stream the error's type stands for the status.
 */
public final class AnthropicFailures implements Failures {

    /** A wait above this is a used-up window rather than too many requests. */
    private static final Duration WINDOW = Duration.ofMinutes(10);

    @Override
    public Failure of(UpstreamReply reply) {
        int status = reply.status();
        if (status >= 300 && status < 400) {
            return UpstreamFailure.of(FailureClass.MODEL, Kind.UPSTREAM_ERROR, null);
        }
        var error = reply.html() ? null : ErrorBody.read(reply.body());
        if (error == null || !error.json()) {
            return notJson(status, wait(reply, null));
        }
        var wait = wait(reply, error.message());
        if (status < 300) {
            return inside(error, wait);
        }
        return status == 429 ? limited(error, wait) : failure(status, error, wait);
    }

    @Override
    public Failure inStream(JsonNode data, Instant now) {
        var error = ErrorBody.of(data);
        return inside(error, RetryHint.of(UpstreamReply.Headers.NONE, error.message(), now));
    }

    private static Failure inside(ErrorBody error, @Nullable Duration wait) {
        int status = status(error);
        return status == 429 && !spent(error)
                ? UpstreamFailure.of(FailureClass.RATE, wait)
                : failure(status, error, wait);
    }

    /** The status that goes with an error's type. */
    private static int status(ErrorBody error) {
        int number = error.number();
        if (number >= 400 && number < 600) {
            return number;
        }
        var type = error.type();
        return switch (type == null ? "" : type) {
            case "invalid_request_error" -> 400;
            case "authentication_error" -> 401;
            case "billing_error" -> 402;
            case "permission_error" -> 403;
            case "not_found_error" -> 404;
            case "conflict_error" -> 409;
            case "request_too_large" -> 413;
            case "rate_limit_error" -> 429;
            case "timeout_error" -> 504;
            case "overloaded_error" -> 529;
            default -> 500;
        };
    }

    /** A proxy's page or nothing at all: only the credential's and the path's statuses mean what they say. */
    private static Failure notJson(int status, @Nullable Duration wait) {
        return switch (status) {
            case 401 -> UpstreamFailure.of(FailureClass.KEY_DEAD);
            case 402 -> UpstreamFailure.of(FailureClass.QUOTA);
            case 404, 405, 410 -> UpstreamFailure.of(FailureClass.MODEL, Kind.UPSTREAM_ERROR, null);
            case 413 -> UpstreamFailure.of(FailureClass.CLIENT, Kind.REQUEST_TOO_LARGE, null);
            case 429 -> UpstreamFailure.of(FailureClass.RATE, wait);
            case 529 -> UpstreamFailure.of(FailureClass.OVERLOAD, wait);
            case 504 -> UpstreamFailure.of(FailureClass.UPSTREAM, Kind.TIMEOUT, null);
            default -> UpstreamFailure.of(FailureClass.UPSTREAM);
        };
    }

    private static Failure failure(int status, ErrorBody error, @Nullable Duration wait) {
        return switch (status) {
            case 400, 422 -> refused(error);
            case 401 -> UpstreamFailure.of(FailureClass.KEY_DEAD);
            case 402, 429 -> UpstreamFailure.of(FailureClass.QUOTA);
            case 403 -> UpstreamFailure.of(FailureClass.KEY_RIGHTS);
            case 404 ->
                error.says("model")
                        ? told(FailureClass.MODEL, Kind.MODEL_NOT_FOUND, error)
                        : UpstreamFailure.of(FailureClass.MODEL, Kind.UPSTREAM_ERROR, null);
            case 405, 410 -> UpstreamFailure.of(FailureClass.MODEL, Kind.UPSTREAM_ERROR, null);
            case 413 -> told(FailureClass.CLIENT, Kind.REQUEST_TOO_LARGE, error);
            case 504 -> UpstreamFailure.of(FailureClass.UPSTREAM, Kind.TIMEOUT, null);
            case 529 -> UpstreamFailure.of(FailureClass.OVERLOAD, wait);
            default -> UpstreamFailure.of(FailureClass.UPSTREAM);
        };
    }

    /** A 400 may mean the prompt's length, the account's money or the organization as well as the request. */
    private static Failure refused(ErrorBody error) {
        if (error.says("prompt is too long", "exceed context limit")) {
            return told(FailureClass.CONTEXT, Kind.CONTEXT_LENGTH_EXCEEDED, error);
        }
        if (error.says("credit balance is too low", "specified api usage limits")) {
            return UpstreamFailure.of(FailureClass.QUOTA);
        }
        if (error.says("organization_on_hold", "organization has been disabled")) {
            return UpstreamFailure.of(FailureClass.KEY_DEAD);
        }
        boolean seals = error.says("signature") || error.says("thinking") && error.says("block");
        return told(seals ? FailureClass.REASONING : FailureClass.CLIENT, Kind.INVALID_REQUEST, error);
    }

    /** Without a word on when to come back the money is gone, not the minute. */
    private static Failure limited(ErrorBody error, @Nullable Duration wait) {
        if (spent(error) || wait == null) {
            return UpstreamFailure.of(FailureClass.QUOTA);
        }
        return UpstreamFailure.of(wait.compareTo(WINDOW) > 0 ? FailureClass.QUOTA_WINDOW : FailureClass.RATE, wait);
    }

    private static boolean spent(ErrorBody error) {
        return error.says("enforced_spend_limit_reached", "contract_spend_limit_reached");
    }

    private static @Nullable Duration wait(UpstreamReply reply, @Nullable String message) {
        var wait = RetryHint.of(reply.headers(), message, reply.now());
        if (wait != null) {
            return wait;
        }
        for (var window : new String[] {"requests", "tokens", "input-tokens", "output-tokens"}) {
            var name = "anthropic-ratelimit-" + window;
            var reset = reply.headers().first(name + "-reset");
            if (reset != null && "0".equals(reply.headers().first(name + "-remaining"))) {
                return until(reset, reply.now());
            }
        }
        return null;
    }

    private static @Nullable Duration until(String moment, Instant now) {
        try {
            var wait = Duration.between(now, Instant.parse(moment.strip()));
            return wait.isNegative() || wait.isZero() ? Duration.ofSeconds(1) : wait;
        } catch (DateTimeException notADate) {
            return null;
        }
    }

    private static Failure told(FailureClass type, Kind kind, ErrorBody error) {
        return UpstreamFailure.told(type, kind, error.message(), error.param());
    }
}
