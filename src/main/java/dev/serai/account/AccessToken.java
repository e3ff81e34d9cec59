package dev.serai.account;

import dev.serai.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * What goes with the calls of an account.
 *
 * @param account the account's id
 * @param generation how many tokens the account has had; tells an old token from its successor
 * @param subject as the issuer told it, such as a user id
 */
public record AccessToken(
        String account,
        long generation,
        Secret value,
        @Nullable String subject) {}
