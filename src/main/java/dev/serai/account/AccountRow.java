package dev.serai.account;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the database keeps of an account's tokens, sealed.
 *
 * @param accessLeft of the access token's life, by the database's clock
 * @param accessLife the access token's whole life
 * @param renewLeft until it should be renewed ahead of its end
 */
record AccountRow(
        String id,
        String provider,
        byte[] secret,
        byte @Nullable [] previousSecret,
        byte @Nullable [] accessToken,
        Duration accessLeft,
        Duration accessLife,
        Duration renewLeft,
        @Nullable String subject,
        long generation,
        Health health,
        int failures,
        @Nullable String lastFailure) {

    private static final Duration MARGIN = Duration.ofMinutes(1);

    /** How long callers may still be given the access token: not up to its very end. */
    Duration good() {
        Duration tenth = accessLife.dividedBy(10);
        Duration left = accessLeft.minus(tenth.compareTo(MARGIN) < 0 ? tenth : MARGIN);
        return accessToken == null || left.isNegative() ? Duration.ZERO : left;
    }

    /** Why it failed the last time. */
    String reason() {
        return lastFailure == null ? "It needs a new login." : lastFailure;
    }

    /** Whether there is an access token newer than that of {@code floor} that callers may be given. */
    boolean isGood(long floor) {
        return generation > floor && !good().isZero();
    }
}
