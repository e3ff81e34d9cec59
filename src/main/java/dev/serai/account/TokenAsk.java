package dev.serai.account;

import dev.serai.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Whose tokens are asked for.
 *
 * @param account the account's id; for logs, not for a wire
 * @param secret the newest secret of the account, such as its refresh token
 * @param subject what {@link TokenAnswer.Granted#subject} said the last time, so that an issuer notices when it is
 *     given somebody else's tokens
 */
public record TokenAsk(
        String account, Secret secret, @Nullable String subject) {}
