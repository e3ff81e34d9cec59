package dev.serai.provider.zaiweb;

import dev.serai.credential.PoolMember;
import dev.serai.credential.PoolMembers;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.provider.zaiweb.GuestSlot.Guest;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Guests of one address. The one that was not asked for the longest time is next. Guests are fetched on threads of their
 * own, ahead of the end of those before them; a call waits for one only where its slot is empty. After a refusal that meets
 * all guests alike, nobody is asked for a while; after a guest could not be had, no other is fetched for a while, and then
 * one at first, while those that are there go on. What a guest leaves behind when another has taken its place is cleared
 * away. Thread-safe.
 */
final class GuestPool {

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);
    private static final Duration BUSY = Duration.ofSeconds(1);
    private static final long PATIENCE_SECONDS = 10;

    private final int streamsPerSession;
    private final Duration life;
    private final Source source;
    private final LongSupplier nanos;
    private final RandomGenerator random;
    private final List<GuestSlot> slots;
    private final GuestTrouble trouble;
    private long turns;
    private PoolMembers members = PoolMembers.of(List.of());

    /** Where guests come from; both methods block. */
    interface Source {

        /** A new guest of a name. @throws Refusal when there is none to be had */
        Session fetch(String name);

        /** The guest is not needed any more, and what it has left behind may be cleared away. */
        void forget(Session guest);
    }

    GuestPool(ZaiWebProperties settings, Source source, LongSupplier nanos, RandomGenerator random) {
        this.streamsPerSession = settings.streamsPerSession();
        this.life = settings.guestLife();
        this.source = source;
        this.nanos = nanos;
        this.random = random;
        long now = nanos.getAsLong();
        this.trouble = new GuestTrouble(now);
        this.slots = IntStream.rangeClosed(1, settings.tokenPoolSize())
                .mapToObj(number -> new GuestSlot("guest-" + number, now))
                .toList();
    }

    /**
     * A place on a guest.
     *
     * @param name which one, or null for the one whose turn it is
     * @param abortable is given what ends the wait for a guest
     * @throws Refusal when none may be asked now; the reason can be told to callers
     */
    SessionLease take(@Nullable String name, Consumer<Runnable> abortable) {
        fetchMissing();
        while (true) {
            var choice = choose(name);
            if (choice.lease != null) {
                return choice.lease;
            }
            await(fetch(choice.slot), abortable);
        }
    }

    /** @param lease null where a guest must be fetched first */
    private record Choice(GuestSlot slot, @Nullable SessionLease lease) {}

    /** Who may be asked now, in the order of their turn. */
    synchronized PoolMembers members() {
        long now = nanos.getAsLong();
        var free = trouble.pausing(now)
                ? List.<PoolMember>of()
                : free(now).map(slot -> new PoolMember(slot.name, slot.state())).toList();
        if (!free.equals(members.all())) {
            members = PoolMembers.of(free);
        }
        return members;
    }

    /** How long until somebody may be asked; zero for now. */
    synchronized Duration soonest() {
        long now = nanos.getAsLong();
        if (trouble.pausing(now) || free(now).findAny().isPresent()) {
            return trouble.left(now);
        }
        long untilFetched = trouble.fetchLeft(now).toNanos();
        long rest = slots.stream()
                .mapToLong(slot -> Math.max(slot.restsUntil() - now, slot.guest(now) == null ? untilFetched : 0))
                .filter(left -> left > 0)
                .min()
                .orElse(0);
        return Duration.ofNanos(Math.max(rest, BUSY.toNanos()));
    }

    /** Why nobody may be asked, or those who are are refused; {@code ""} when all is well. */
    synchronized String trouble() {
        if (slots.isEmpty()) {
            return GuestTrouble.NO_POOL;
        }
        long now = nanos.getAsLong();
        boolean served = free(now).anyMatch(slot -> slot.guest(now) != null);
        boolean waits = !trouble.noGuest().isEmpty() || free(now).findAny().isEmpty();
        return trouble.said().isEmpty() && !served && waits ? nobody() : trouble.said();
    }

    /** Why no guest can take a call, where all that are there could be asked. */
    private String nobody() {
        return trouble.noGuest().isEmpty() ? GuestTrouble.ALL_BUSY : trouble.noGuest();
    }

    private Stream<GuestSlot> free(long now) {
        return slots.stream()
                .filter(slot -> slot.mayTake(now, streamsPerSession))
                .filter(slot -> slot.guest(now) != null || !trouble.fetchPausing(now))
                .sorted(Comparator.comparingLong(slot -> slot.lastTurn(now)));
    }

    private synchronized Choice choose(@Nullable String name) {
        long now = nanos.getAsLong();
        if (slots.isEmpty()) {
            throw refusal(GuestTrouble.NO_POOL, BUSY);
        }
        if (trouble.pausing(now)) {
            throw refusal(trouble.said(), trouble.left(now));
        }
        var slot = free(now)
                .filter(it -> name == null || it.name.equals(name))
                .findFirst()
                .orElseThrow(() -> refusal(nobody(), longer(soonest(), BUSY)));
        var guest = slot.guest(now);
        if (guest == null) {
            return new Choice(slot, null);
        }
        guest.enter(++turns);
        return new Choice(slot, new Lease(slot, guest));
    }

    private void fetchMissing() {
        List<GuestSlot> missing;
        synchronized (this) {
            long now = nanos.getAsLong();
            missing = trouble.pausing(now) || trouble.fetchPausing(now)
                    ? List.of()
                    : slots.stream()
                            .filter(slot -> slot.wantsGuest(now))
                            .limit(trouble.probing() ? 1 : slots.size())
                            .toList();
        }
        for (var slot : missing) {
            var unused = fetch(slot);
        }
    }

    /** Begins to fetch a guest, unless one is on the way or has come since somebody looked, or none is to be had. */
    private synchronized CompletableFuture<Session> fetch(GuestSlot slot) {
        var coming = slot.coming();
        if (coming != null) {
            return coming;
        }
        long now = nanos.getAsLong();
        var there = slot.guest(now);
        if (there != null && !slot.wantsGuest(now)) {
            return CompletableFuture.completedFuture(there.session);
        }
        if (trouble.fetchPausing(now)) {
            return CompletableFuture.failedFuture(refusal(trouble.noGuest(), trouble.fetchLeft(now)));
        }
        var probe = trouble.probing() ? underWay() : null;
        if (probe != null) {
            return probe;
        }
        var fetched = new CompletableFuture<Session>();
        slot.coming(fetched);
        Thread.ofVirtual().name("zai-web-" + slot.name).start(() -> bring(slot, now, fetched));
        return fetched;
    }

    /** A guest on the way, or null. */
    synchronized @Nullable CompletableFuture<Session> underWay() {
        return slots.stream()
                .map(GuestSlot::coming)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private void bring(GuestSlot slot, long began, CompletableFuture<Session> fetched) {
        try {
            var session = source.fetch(slot.name);
            GuestSlot.@Nullable Guest old;
            synchronized (this) {
                double spread = 0.875 + random.nextDouble() / 8;
                old = slot.arrived(session, nanos.getAsLong(), (long) (life.toNanos() * spread));
                trouble.fetched();
            }
            fetched.complete(session);
            clearAway(old);
        } catch (RuntimeException failed) {
            synchronized (this) {
                slot.failedToCome();
                trouble.notFetched(failed, began, nanos.getAsLong(), LONGEST_PAUSE);
            }
            fetched.completeExceptionally(failed);
        }
    }

    private void clearAway(GuestSlot.@Nullable Guest guest) {
        boolean leaves;
        synchronized (this) {
            leaves = guest != null && guest.leaves();
        }
        if (leaves && guest != null) {
            Thread.ofVirtual().name("zai-web-leaving").start(() -> source.forget(guest.session));
        }
    }

    private void await(CompletableFuture<Session> coming, Consumer<Runnable> abortable) {
        var awaited = coming.copy();
        abortable.accept(() -> awaited.cancel(false));
        try {
            awaited.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | CancellationException tooLong) {
            throw refusal(GuestTrouble.NO_GUEST, BUSY);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw refusal(GuestTrouble.NO_GUEST, BUSY);
        } catch (ExecutionException failed) {
            synchronized (this) {
                throw refusal(trouble.noGuest(), trouble.fetchLeft(nanos.getAsLong()));
            }
        }
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? b : a;
    }

    private static Refusal refusal(String why, Duration wait) {
        var said = why.isEmpty() ? GuestTrouble.NO_GUEST : why;
        return new Refusal(new Failure(Kind.OVERLOADED, FailureClass.RATE, said, null, wait));
    }

    /** A place on a guest; guarded by the pool. */
    private final class Lease implements SessionLease {

        private final GuestSlot slot;
        private final Guest guest;
        private boolean closed;

        private Lease(GuestSlot slot, Guest guest) {
            this.slot = slot;
            this.guest = guest;
        }

        @Override
        public Session session() {
            return guest.session;
        }

        @Override
        public void succeeded() {
            synchronized (GuestPool.this) {
                slot.succeeded(guest);
                trouble.over(nanos.getAsLong());
            }
        }

        @Override
        public void failed(Sign sign, Failure failure) {
            synchronized (GuestPool.this) {
                long now = nanos.getAsLong();
                if (sign == Sign.SESSION_DEAD) {
                    slot.died(guest);
                } else if (sign == Sign.LIMITED) {
                    slot.limited(guest, now, failure.retryAfter());
                } else if (!sign.pause().isZero()) {
                    trouble.pause(failure.message(), now, sign.pause());
                }
            }
            fetchMissing();
        }

        @Override
        public void close() {
            synchronized (GuestPool.this) {
                if (closed) {
                    return;
                }
                closed = true;
                guest.leave();
            }
            clearAway(guest);
        }
    }
}
