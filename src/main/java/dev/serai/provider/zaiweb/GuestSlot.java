package dev.serai.provider.zaiweb;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One place of a pool of guests: the guest who has it, and who is on the way. Guarded by the pool. */
final class GuestSlot {

    /** When a guest is renewed, as a share of its life. */
    private static final double RENEWAL = 0.8;

    final String name;
    private @Nullable Guest guest;
    private @Nullable CompletableFuture<Session> coming;
    private int generation;
    private long restsUntil;
    private int limits;

    GuestSlot(String name, long now) {
        this.name = name;
        this.restsUntil = now;
    }

    /** Somebody in a slot; how many answers it gives at the moment, and when its last turn was. */
    static final class Guest {
        final Session session;
        private final long born;
        private final long lifeNanos;
        private long lastTurn;
        private int streams;
        private boolean replaced;

        private Guest(Session session, long born, long lifeNanos) {
            this.session = session;
            this.born = born;
            this.lifeNanos = lifeNanos;
        }

        /** @param turn counts all that enter the pool */
        void enter(long turn) {
            lastTurn = turn;
            streams++;
        }

        void leave() {
            streams--;
        }

        /** Whether it has left something behind at the upstream and nobody will ask it again; true once. */
        boolean leaves() {
            boolean over = replaced && streams == 0 && lastTurn > 0;
            lastTurn = over ? 0 : lastTurn;
            return over;
        }
    }

    /** Who has the slot, if it is still good. */
    @Nullable
    Guest guest(long now) {
        return guest == null || now - guest.born >= guest.lifeNanos ? null : guest;
    }

    /** Whether a guest must be fetched: none is there, or the one that is there grows old. */
    boolean wantsGuest(long now) {
        return coming == null && (guest == null || now - guest.born >= guest.lifeNanos * RENEWAL);
    }

    /** Whether a call may come here: the slot does not rest, and its guest, if there is one, has a place. */
    boolean mayTake(long now, int streamsPerSession) {
        var there = guest(now);
        return restsUntil - now <= 0 && (there == null || there.streams < streamsPerSession);
    }

    /** When the guest had its last turn; those that are still to be fetched come last. */
    long lastTurn(long now) {
        var there = guest(now);
        return there == null ? Long.MAX_VALUE : there.lastTurn;
    }

    long restsUntil() {
        return restsUntil;
    }

    /** Changes with the guest. */
    String state() {
        return String.valueOf(generation);
    }

    @Nullable
    CompletableFuture<Session> coming() {
        return coming;
    }

    void coming(CompletableFuture<Session> fetched) {
        coming = fetched;
    }

    /** @return whom the new guest replaces, or null */
    @Nullable
    Guest arrived(Session session, long now, long lifeNanos) {
        var old = guest;
        if (old != null) {
            old.replaced = true;
        }
        coming = null;
        guest = new Guest(session, now, lifeNanos);
        generation++;
        restsUntil = now;
        limits = 0;
        return old;
    }

    void failedToCome() {
        coming = null;
    }

    /** The session is over: the slot is free for another, unless it has one already. */
    void died(Guest who) {
        if (who == guest) {
            guest = null;
        }
    }

    /** Too much at once for this guest; each time in a row it rests for longer. */
    void limited(Guest who, long now, @Nullable Duration told) {
        if (who == guest) {
            limits = Math.min(limits + 1, 6);
            var rest = told == null ? Duration.ofSeconds(1L << limits) : told;
            restsUntil = now + rest.toNanos();
        }
    }

    void succeeded(Guest who) {
        if (who == guest) {
            limits = 0;
        }
    }
}
