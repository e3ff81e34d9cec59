package dev.serai.provider.chatglmweb;

import dev.serai.account.AccessToken;
import dev.serai.call.Attempt;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * What the request step leaves for the answer step.
 *
 * @param token of the account that is asked
 */
record ChatglmAttempt(Attempt attempt, Turn turn, AccessToken token) {

    private static final String PROPERTY = "chatglmAttempt";

    void on(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
    }

    /** What the request step of this very attempt has left, or null. */
    @SuppressWarnings("ReferenceEquality") // an attempt is itself
    static @Nullable ChatglmAttempt of(Exchange exchange, Attempt running) {
        var left = exchange.getProperty(PROPERTY, ChatglmAttempt.class);
        return left != null && left.attempt == running ? left : null;
    }
}
