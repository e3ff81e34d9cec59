package dev.serai.account;

import dev.serai.message.FailureClass;
import java.time.Duration;

/** Why there are no tokens, and so what becomes of the account. */
public enum IssueFault {
    /** The secret is no good any more: out of the pool until a check, or an operator, finds otherwise. */
    DEAD(FailureClass.KEY_DEAD, Duration.ZERO),
    /** Too much was asked of it: it rests as told, else a minute. */
    LIMITED(FailureClass.RATE, Duration.ofMinutes(1)),
    /** The provider refuses the way it is asked: a firewall's page, a captcha, a filter. Rests as told, else five minutes. */
    BLOCKED(FailureClass.RATE, Duration.ofMinutes(5)),
    /** No answer, or none that can be read: says nothing of the account. Another account may have a token still. */
    UNREACHABLE(FailureClass.RATE, Duration.ofSeconds(5));

    private final FailureClass type;
    private final Duration rest;

    IssueFault(FailureClass type, Duration rest) {
        this.type = type;
        this.rest = rest;
    }

    /** What it means for the call: each of them moves it on to the pool's next account. */
    public FailureClass type() {
        return type;
    }

    Duration rest() {
        return rest;
    }
}
