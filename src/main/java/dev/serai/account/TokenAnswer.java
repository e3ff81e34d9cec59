package dev.serai.account;

import dev.serai.secret.Secret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a {@link TokenIssuer} came back with. */
public sealed interface TokenAnswer {

    /**
     * Tokens.
     *
     * @param access goes with calls
     * @param secret what to ask with the next time, where it differs: a rotated refresh token
     * @param life of the access token, from now on
     * @param subject whom the provider takes the account for, such as a user id; kept in clear, so nothing secret
     */
    record Granted(
            Secret access,
            @Nullable Secret secret,
            Duration life,
            @Nullable String subject) implements TokenAnswer {}

    /**
     * No tokens.
     *
     * @param reason a short sentence for operators and callers, such as {@code The refresh token has expired.}; never a
     *     secret and never the provider's raw words
     * @param retryAfter how long the provider asked to wait
     */
    record Refused(
            IssueFault fault, String reason, @Nullable Duration retryAfter) implements TokenAnswer {}

    static Refused refused(IssueFault fault, String reason) {
        return new Refused(fault, reason, null);
    }
}
