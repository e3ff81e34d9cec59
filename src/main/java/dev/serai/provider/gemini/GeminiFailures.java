package dev.serai.provider.gemini;

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

/** The failures of Gemini: a google.rpc.Status, whose details come before the HTTP status. */
public final class GeminiFailures implements Failures {

    /** How long a 429 that tells nothing rests a key. */
    private static final Duration UNTOLD = Duration.ofSeconds(60);

    private static final int UNKNOWN = 0;

    @Override
    public Failure of(UpstreamReply reply) {
        int status = reply.status();
        if (status >= 300 && status < 400) {
            return UpstreamFailure.of(FailureClass.MODEL, Kind.UPSTREAM_ERROR, null);
        }
        var error = ErrorBody.read(reply.body());
        var details = GoogleDetails.read(reply.body());
        Duration wait = wait(details, RetryHint.of(reply.headers(), error.message(), reply.now()));
        if (!error.json() || reply.html()) {
            return byStatus(status, error, details, wait);
        }
        return status < 300
                ? inside(error, details, wait, reply.now())
                : failure(status, error, details, wait, reply.now());
    }

    @Override
    public Failure inStream(JsonNode data, Instant now) {
        var error = ErrorBody.of(data);
        var details = GoogleDetails.of(data);
        Duration wait = wait(details, RetryHint.of(UpstreamReply.Headers.NONE, error.message(), now));
        return inside(error, details, wait, now);
    }

    private static @Nullable Duration wait(GoogleDetails details, @Nullable Duration hint) {
        return details.retryDelay() == null ? hint : details.retryDelay();
    }

    /** An error under a 200: its code is the status that it ought to have had. */
    private static Failure inside(ErrorBody error, GoogleDetails details, @Nullable Duration wait, Instant now) {
        int number = error.number();
        return failure(number >= 400 && number < 600 ? number : UNKNOWN, error, details, wait, now);
    }

    private static Failure failure(
            int status, ErrorBody error, GoogleDetails details, @Nullable Duration wait, Instant now) {
        if (status < 500 && status != 429) {
            var refused = refused(status, error, details);
            if (refused != null) {
                return refused;
            }
        }
        if (status == 429 || details.is("RESOURCE_EXHAUSTED")) {
            return exhausted(error, details, wait, now);
        }
        return byStatus(status, error, details, wait);
    }

    /** The key, the project, or the prompt's length. */
    private static @Nullable Failure refused(int status, ErrorBody error, GoogleDetails details) {
        if (details.because("API_KEY_INVALID")
                || error.says("api key not valid", "api key expired", "api_key_invalid")
                || details.because("CONSUMER_SUSPENDED")
                || status == 403 && error.says("consumer_suspended", "has been suspended", "leaked")) {
            return UpstreamFailure.of(FailureClass.KEY_DEAD);
        }
        if (error.says("token count") && error.says("exceed")) {
            return UpstreamFailure.told(
                    FailureClass.CONTEXT, Kind.CONTEXT_LENGTH_EXCEEDED, error.message(), details.field());
        }
        if (status == 400 && error.says("thought signature", "thought_signature")) {
            return UpstreamFailure.told(FailureClass.REASONING, Kind.INVALID_REQUEST, error.message(), details.field());
        }
        if (details.is("FAILED_PRECONDITION") || error.says("user location is not supported")) {
            return UpstreamFailure.of(FailureClass.KEY_RIGHTS);
        }
        return null;
    }

    private static Failure exhausted(ErrorBody error, GoogleDetails details, @Nullable Duration wait, Instant now) {
        if (details.limitZero() || error.says("limit: 0,", "limit: 0\n") || endsWithZero(error)) {
            return UpstreamFailure.of(FailureClass.KEY_RIGHTS);
        }
        if (details.perDay()) {
            return UpstreamFailure.of(FailureClass.QUOTA_WINDOW, PacificDay.rest(now));
        }
        return UpstreamFailure.of(FailureClass.RATE, wait == null ? UNTOLD : wait);
    }

    private static boolean endsWithZero(ErrorBody error) {
        String message = error.message();
        return message != null && message.strip().endsWith("limit: 0");
    }

    private static Failure byStatus(int status, ErrorBody error, GoogleDetails details, @Nullable Duration wait) {
        return switch (status == UNKNOWN ? details.httpStatus() : status) {
            case 400, 405, 409, 411, 422 ->
                UpstreamFailure.told(FailureClass.CLIENT, Kind.INVALID_REQUEST, error.message(), details.field());
            case 413 ->
                UpstreamFailure.told(FailureClass.CLIENT, Kind.REQUEST_TOO_LARGE, error.message(), details.field());
            case 401 -> UpstreamFailure.of(FailureClass.KEY_DEAD);
            case 402 -> UpstreamFailure.of(FailureClass.QUOTA, wait);
            case 403 -> UpstreamFailure.of(FailureClass.KEY_RIGHTS);
            case 404, 410 ->
                error.says("model")
                        ? UpstreamFailure.told(FailureClass.MODEL, Kind.MODEL_NOT_FOUND, error.message(), null)
                        : UpstreamFailure.of(FailureClass.MODEL, Kind.UPSTREAM_ERROR, null);
            case 429 -> UpstreamFailure.of(FailureClass.RATE, wait == null ? UNTOLD : wait);
            case 503, 529 -> UpstreamFailure.of(FailureClass.OVERLOAD, wait);
            case 504 -> UpstreamFailure.of(FailureClass.UPSTREAM, Kind.TIMEOUT, null);
            default -> UpstreamFailure.of(FailureClass.UPSTREAM);
        };
    }
}
