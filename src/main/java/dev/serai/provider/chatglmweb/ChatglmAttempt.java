package dev.serai.provider.chatglmweb;

import dev.serai.account.AccessToken;
import dev.serai.call.Attempt;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * What the request step leaves for the answer step.
 *
 * @param account whose token goes with the request
 */
record ChatglmAttempt(Attempt attempt, Turn turn, String account, AccessToken token) {

    private static final String PROPERTY = "chatglmAttempt";
    private static final Failure UNAVAILABLE = Failure.of(
            Kind.OVERLOADED, FailureClass.GATEWAY, "The account of this conversation cannot answer right now.");

    void on(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
    }

    /** What the request step of this very attempt has left, or null. */
    @SuppressWarnings("ReferenceEquality") // an attempt is itself
    static @Nullable ChatglmAttempt of(Exchange exchange, Attempt running) {
        var left = exchange.getProperty(PROPERTY, ChatglmAttempt.class);
        return left != null && left.attempt == running ? left : null;
    }

    Refusal told(Refusal refused) {
        return told(turn, refused);
    }

    /**
     * A refusal as failover may take it: the account of a conversation that goes on is not the one whose turn it was, so
     * nothing is said about that one, nor would another help.
     */
    static Refusal told(Turn turn, Refusal refused) {
        var failure = refused.failure();
        boolean ofAccount = switch (failure.type()) {
            case KEY_DEAD, KEY_RIGHTS, QUOTA, QUOTA_WINDOW, RATE -> true;
            default -> false;
        };
        boolean bound = ofAccount && !turn.continued().isEmpty();
        return bound ? new Refusal(UNAVAILABLE.withRetryAfter(failure.retryAfter())) : refused;
    }
}
