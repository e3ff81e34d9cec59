package dev.serai.provider;

import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes the failures of upstreams, with sentences that a caller may read. */
public final class UpstreamFailure {

    private UpstreamFailure() {}

    /** A failure with the fixed sentence of its class. */
    public static Failure of(FailureClass type) {
        return of(type, null);
    }

    /**
     * A failure with the fixed sentence of its class.
     *
     * @param retryAfter how long the upstream asked to wait
     */
    public static Failure of(FailureClass type, @Nullable Duration retryAfter) {
        var kind = kind(type);
        return new Failure(kind, type, sentence(kind), null, retryAfter);
    }

    /** A failure whose class and kind differ from the usual pair. */
    public static Failure of(FailureClass type, Kind kind, @Nullable Duration retryAfter) {
        return new Failure(kind, type, sentence(kind), null, retryAfter);
    }

    /**
     * A failure of the request itself.
     *
     * @param said the upstream's own words, masked here; the kind's fixed sentence when there are none
     * @param param the field that the upstream named
     */
    public static Failure told(FailureClass type, Kind kind, @Nullable String said, @Nullable String param) {
        var masked = said == null ? "" : MaskedText.of(said);
        return new Failure(kind, type, masked.isEmpty() ? sentence(kind) : masked, path(param), null);
    }

    private static Kind kind(FailureClass type) {
        return switch (type) {
            case CLIENT, REASONING -> Kind.INVALID_REQUEST;
            case CONTEXT -> Kind.CONTEXT_LENGTH_EXCEEDED;
            case CONTENT -> Kind.CONTENT_BLOCKED;
            case MODEL -> Kind.MODEL_NOT_FOUND;
            case UNSUPPORTED -> Kind.UNSUPPORTED_PARAMETER;
            case KEY_DEAD, KEY_RIGHTS, QUOTA, QUOTA_WINDOW, RATE, OVERLOAD, GATEWAY -> Kind.OVERLOADED;
            case UPSTREAM, NETWORK, STREAM_BROKEN, EMPTY -> Kind.UPSTREAM_ERROR;
            case TIMEOUT_FIRST_BYTE -> Kind.TIMEOUT;
            case CLIENT_GONE -> Kind.CLIENT_CLOSED;
        };
    }

    private static String sentence(Kind kind) {
        return switch (kind) {
            case CONTEXT_LENGTH_EXCEEDED -> "The prompt is too long for the model.";
            case CONTENT_BLOCKED -> "The prompt was blocked by the provider's content filter.";
            case MODEL_NOT_FOUND -> "The provider does not serve this model.";
            case REQUEST_TOO_LARGE -> "The request is too large for the provider.";
            case UNSUPPORTED_PARAMETER -> "The provider does not support a parameter of the request.";
            case OVERLOADED -> "No provider can take the request right now.";
            case TIMEOUT -> "The upstream provider did not answer in time.";
            case UPSTREAM_ERROR -> "The upstream provider failed.";
            case CLIENT_CLOSED -> "The caller left.";
            default -> "The provider refused the request as invalid.";
        };
    }

    private static @Nullable String path(@Nullable String param) {
        boolean plain = param != null
                && !param.isEmpty()
                && param.length() <= 128
                && param.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "_.-[]".indexOf(c) >= 0));
        return plain ? param : null;
    }
}
