package dev.serai.provider.zaiweb;

import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.provider.UpstreamFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a refusal of this upstream is a sign of, and so what becomes of the attempt, the session and the caller. */
enum Sign {
    /** The session is over. */
    SESSION_DEAD(FailureClass.KEY_DEAD, "The provider's session has ended.", Duration.ZERO),
    /** A captcha is asked for: only a person at a browser can give that, and nothing here tries to. */
    CAPTCHA(
            FailureClass.RATE,
            "The provider asks for a captcha, which only a person at a browser can solve.",
            Duration.ofMinutes(5)),
    /** The front end's version or the signature is refused. */
    CLIENT_REFUSED(
            FailureClass.OVERLOAD, "The provider refuses the client's version or signature.", Duration.ofMinutes(1)),
    /** A firewall's page. */
    FIREWALL(FailureClass.OVERLOAD, "The provider's firewall turns the gateway away.", Duration.ofMinutes(2)),
    /** Too much at once. */
    LIMITED(FailureClass.RATE, "The provider's session has too many calls at once.", Duration.ZERO),
    /** The account may not use the model. */
    NOT_ALLOWED(FailureClass.KEY_RIGHTS, "The provider's session may not use this model.", Duration.ZERO),
    /** The model is not known. */
    NO_MODEL(FailureClass.MODEL, "The provider does not serve this model.", Duration.ZERO),
    /** Nothing is served at this path: the wire has changed, or the profile is the wrong one. */
    NO_PATH(FailureClass.MODEL, "The provider does not serve this wire any more.", Duration.ZERO),
    /** A fault of theirs, or roles that the model does not take. */
    INTERNAL(FailureClass.UPSTREAM, "", Duration.ZERO),
    /** The request is malformed. */
    MALFORMED(FailureClass.CLIENT, "", Duration.ZERO),
    /** Anything else. */
    FAILED(FailureClass.UPSTREAM, "", Duration.ZERO);

    private final FailureClass type;
    private final String sentence;
    private final Duration pause;

    Sign(FailureClass type, String sentence, Duration pause) {
        this.type = type;
        this.sentence = sentence;
        this.pause = pause;
    }

    /** How long all sessions of the same kind are left alone: they would be refused alike. */
    Duration pause() {
        return pause;
    }

    /**
     * What a refusal is a sign of. Words that a request's own fault may be told in count only where the status leaves it open.
     *
     * @param status the HTTP status, or 0 inside a stream and for a good one
     */
    static Sign of(int status, ZaiError error) {
        int code = error.status() != 0 ? error.status() : status;
        boolean plain = status == 0 || status == 403 || status == 429;
        if (error.coded("captcha") || (plain && error.says("captcha"))) {
            return CAPTCHA;
        }
        if (code == 426 || error.says("client version check", "client check failed", "客户端校验失败")) {
            return CLIENT_REFUSED;
        }
        if (error.says("internal_error")) {
            return INTERNAL;
        }
        if (code == 429 || error.says("并发") || (plain && error.says("concurren", "too many"))) {
            return LIMITED;
        }
        if (error.says("model_level")) {
            return NOT_ALLOWED;
        }
        return error.says("model not found") ? NO_MODEL : ofStatus(code);
    }

    private static Sign ofStatus(int status) {
        return switch (status) {
            case 400, 413, 422 -> MALFORMED;
            case 401 -> SESSION_DEAD;
            case 403 -> NOT_ALLOWED;
            case 404 -> NO_PATH;
            default -> FAILED;
        };
    }

    /** @param wait how long the upstream asked to wait */
    Failure failure(ZaiError error, @Nullable Duration wait) {
        return switch (this) {
            case MALFORMED ->
                UpstreamFailure.told(
                        type, Kind.INVALID_REQUEST, error.detail().isEmpty() ? null : error.detail(), null);
            case NO_PATH -> Failure.of(Kind.UPSTREAM_ERROR, type, sentence);
            case NO_MODEL -> UpstreamFailure.of(type);
            case INTERNAL, FAILED -> UpstreamFailure.of(type, wait);
            default -> new Failure(Kind.OVERLOADED, type, sentence, null, pause.isZero() ? wait : pause);
        };
    }
}
