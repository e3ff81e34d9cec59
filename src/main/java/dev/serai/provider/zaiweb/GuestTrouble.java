package dev.serai.provider.zaiweb;

import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import java.time.Duration;

/** Why guests are left alone, and until when. Guarded by the pool. */
final class GuestTrouble {

    static final String NO_POOL = "There are no guest sessions: TOKEN_POOL_SIZE is 0.";
    static final String ALL_BUSY = "All guest sessions of the provider are in use.";
    static final String NO_GUEST = "The provider gives no guest session.";

    private String said = "";
    private long until;
    private int failures;
    private boolean fromFetching;

    GuestTrouble(long now) {
        this.until = now;
    }

    /** The reason, or {@code ""}. */
    String said() {
        return said;
    }

    boolean pausing(long now) {
        return until - now > 0;
    }

    Duration left(long now) {
        return Duration.ofNanos(Math.max(0, until - now));
    }

    /** All guests would be refused alike. */
    void pause(String why, long now, Duration time) {
        said = why;
        until = now + time.toNanos();
        fromFetching = false;
    }

    /** An answer has begun: nothing is wrong any more. */
    void over(long now) {
        if (!pausing(now)) {
            said = "";
        }
    }

    void fetched() {
        failures = 0;
        if (fromFetching) {
            said = "";
        }
    }

    /** A guest could not be had: no other is asked for, for a second at first, doubling. */
    void notFetched(RuntimeException why, long now, Duration longest) {
        var failure = why instanceof Refusal refusal ? refusal.failure() : null;
        failures = Math.min(failures + 1, 10);
        var told = failure == null ? null : failure.retryAfter();
        var pause = told == null ? Duration.ofSeconds(1L << (failures - 1)) : told;
        if (!pausing(now)) {
            said = failure == null || failure.kind() != Kind.OVERLOADED ? NO_GUEST : NO_GUEST + ' ' + failure.message();
            until = now + (pause.compareTo(longest) < 0 ? pause : longest).toNanos();
            fromFetching = true;
        }
    }
}
