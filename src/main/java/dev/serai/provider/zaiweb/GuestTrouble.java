package dev.serai.provider.zaiweb;

import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import java.time.Duration;

/**
 * Why guests are left alone, and until when; and, apart from that, until when no new ones are asked for: those that are
 * there go on serving. Guarded by the pool.
 */
final class GuestTrouble {

    static final String NO_POOL = "There are no guest sessions: TOKEN_POOL_SIZE is 0.";
    static final String ALL_BUSY = "All guest sessions of the provider are in use.";
    static final String NO_GUEST = "The provider gives no guest session.";

    private String said = "";
    private long until;
    private String noGuest = "";
    private long fetchAgainAt;
    private int failures;

    GuestTrouble(long now) {
        this.until = now;
        this.fetchAgainAt = now;
    }

    /** Why the guests that are there are left alone, or {@code ""}. */
    String said() {
        return said;
    }

    /** Why no new guest is to be had, or {@code ""}. */
    String noGuest() {
        return noGuest;
    }

    /** Whether nobody is called. */
    boolean pausing(long now) {
        return until - now > 0;
    }

    Duration left(long now) {
        return Duration.ofNanos(Math.max(0, until - now));
    }

    /** Whether no new guest is asked for. */
    boolean fetchPausing(long now) {
        return fetchAgainAt - now > 0;
    }

    Duration fetchLeft(long now) {
        return Duration.ofNanos(Math.max(0, fetchAgainAt - now));
    }

    /** Whether the last guest could not be had: one at a time is asked for until one comes. */
    boolean probing() {
        return failures > 0;
    }

    /** All guests would be refused alike. */
    void pause(String why, long now, Duration time) {
        said = why;
        until = now + time.toNanos();
    }

    /** An answer has begun: nothing is wrong any more. */
    void over(long now) {
        if (!pausing(now)) {
            said = "";
        }
    }

    void fetched() {
        failures = 0;
        noGuest = "";
    }

    /**
     * A guest could not be had: no other is asked for, for a second at first, doubling. Those that were asked for at the same
     * time count once.
     *
     * @param began when this one was asked for
     */
    void notFetched(RuntimeException why, long began, long now, Duration longest) {
        if (began - fetchAgainAt < 0) {
            return;
        }
        var failure = why instanceof Refusal refusal ? refusal.failure() : null;
        failures = Math.min(failures + 1, 10);
        var told = failure == null ? null : failure.retryAfter();
        var pause = told == null ? Duration.ofSeconds(1L << (failures - 1)) : told;
        noGuest = failure == null || failure.kind() != Kind.OVERLOADED ? NO_GUEST : NO_GUEST + ' ' + failure.message();
        fetchAgainAt = now + (pause.compareTo(longest) < 0 ? pause : longest).toNanos();
    }
}
