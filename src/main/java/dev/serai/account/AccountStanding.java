package dev.serai.account;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an account is doing.
 *
 * @param fromVariable it was given by a variable that ROUTES_CONFIG names, not by the admin API
 * @param restLeft of a resting one; zero of others
 * @param failures in a row, since it last worked
 * @param lastFailure why it failed the last time, in words that callers may read
 * @param uses attempts of calls; the last seconds' may be missing
 * @param epoch changes when what was known of its health is void
 * @param generation how many access tokens it has had
 */
public record AccountStanding(
        Account account,
        boolean fromVariable,
        Health health,
        Duration restLeft,
        int failures,
        @Nullable String lastFailure,
        @Nullable Instant lastFailureAt,
        long uses,
        @Nullable Instant lastUsedAt,
        long epoch,
        long generation) {

    String id() {
        return account.id();
    }
}
