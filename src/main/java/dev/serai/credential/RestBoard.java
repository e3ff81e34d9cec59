package dev.serai.credential;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What rests, and until when. What is not on the board is healthy; after its rest a thing is tried by exactly one probe
 * at a time, and only that probe's success takes it off the board. Thread-safe; asking is a lock-free read.
 *
 * <p>A failure of a call that began before the rest did is no further strike: ten calls that fail together count once.
 *
 * @param <K> what rests
 */
public final class RestBoard<K> {

    /** A probe that was never settled, by a fault of ours, blocks the next one no longer than this. */
    private static final Duration PROBE_LEASE = Duration.ofMinutes(15);

    private static final Duration REMEMBER = Duration.ofHours(25);
    private static final int MOST = 10_000;

    private final LongSupplier nanos;
    private final RestTime time;
    private final Cache<K, Mark> marks;

    public RestBoard(LongSupplier nanos, RandomGenerator random) {
        this.nanos = nanos;
        this.time = new RestTime(random);
        this.marks = Caffeine.newBuilder()
                .maximumSize(MOST)
                .executor(Runnable::run)
                .ticker(nanos::getAsLong)
                .expireAfter(Expiry.<K, Mark>writing((key, mark) ->
                        Duration.ofNanos(mark.until - nanos.getAsLong()).plus(REMEMBER)))
                .build();
    }

    /** The right to try; settled by exactly one of {@link #succeeded}, {@link #failed} and {@link #released}. */
    public static final class Pass {

        private static final Pass FREE = new Pass(null, null);

        private final @Nullable Mark seen;
        private final @Nullable Probe probe;

        private Pass(@Nullable Mark seen, @Nullable Probe probe) {
            this.seen = seen;
            this.probe = probe;
        }

        /** Whether this is the one try after a rest. */
        public boolean probing() {
            return probe != null;
        }
    }

    private record Probe(long since) {}

    private static final class Mark {
        private final FailureClass cause;
        private final int strikes;
        private final long until;
        private final boolean told;
        private final String why;
        private final AtomicReference<@Nullable Probe> probe = new AtomicReference<>();

        private Mark(Failure failure, int strikes, long until) {
            this.cause = failure.type();
            this.strikes = strikes;
            this.until = until;
            this.told = failure.retryAfter() != null;
            this.why = failure.kind() == Kind.OVERLOADED ? failure.message() : "";
        }
    }

    /**
     * What is on the board.
     *
     * @param left until the rest is over, zero when a probe is due or under way
     * @param strikes failures in a row
     * @param told the upstream itself told the time
     * @param why a sentence that callers may be told, or {@code ""}
     */
    public record Rest(FailureClass cause, int strikes, Duration left, boolean probing, boolean told, String why) {}

    /** The right to try {@code key} now; null while it rests or is being probed. */
    public @Nullable Pass admit(K key) {
        var mark = marks.getIfPresent(key);
        if (mark == null) {
            return Pass.FREE;
        }
        long now = nanos.getAsLong();
        if (mark.until - now > 0) {
            return null;
        }
        var held = mark.probe.get();
        if (held != null && now - held.since < PROBE_LEASE.toNanos()) {
            return null;
        }
        var probe = new Probe(now);
        return mark.probe.compareAndSet(held, probe) ? new Pass(mark, probe) : null;
    }

    /** The right to try {@code key} although it rests. */
    public Pass admitAnyway(K key) {
        var mark = marks.getIfPresent(key);
        return mark == null ? Pass.FREE : new Pass(mark, null);
    }

    /** The try went well: takes {@code key} off the board, unless it has failed anew since the pass was given. */
    public void succeeded(K key, Pass pass) {
        if (pass.seen != null) {
            marks.asMap().computeIfPresent(key, (k, mark) -> mark == pass.seen ? null : mark);
        }
    }

    /** The try said nothing about {@code key}: another may probe it. */
    public void released(Pass pass) {
        if (pass.seen != null && pass.probe != null) {
            pass.seen.probe.compareAndSet(pass.probe, null);
        }
    }

    /** The try failed: {@code key} rests, for as long as the upstream asked to wait if it did. */
    public void failed(K key, Pass pass, Failure failure) {
        var cause = failure.type();
        marks.asMap().compute(key, (k, mark) -> {
            boolean strike = mark == null || mark == pass.seen;
            if (!strike && mark.until - nanos.getAsLong() <= 0) {
                return mark;
            }
            int before = mark != null && mark.cause == cause ? mark.strikes : 0;
            int strikes = strike ? before + 1 : Math.max(before, 1);
            long until = nanos.getAsLong()
                    + time.of(cause, strikes, failure.retryAfter()).toNanos();
            return mark != null && mark.until - until >= 0 ? mark : new Mark(failure, strikes, until);
        });
        released(pass);
    }

    /** How long {@code key} rests still; zero when it may be tried. */
    public Duration left(K key) {
        var rest = rest(key);
        return rest == null ? Duration.ZERO : rest.left();
    }

    /** What the board says of {@code key}, or null. */
    public @Nullable Rest rest(K key) {
        var mark = marks.getIfPresent(key);
        return mark == null ? null : view(mark);
    }

    /** Calls {@code each} for everything on the board. */
    public void forEach(BiConsumer<? super K, Rest> each) {
        for (Map.Entry<K, Mark> entry : marks.asMap().entrySet()) {
            each.accept(entry.getKey(), view(entry.getValue()));
        }
    }

    private Rest view(Mark mark) {
        long left = Math.max(0, mark.until - nanos.getAsLong());
        return new Rest(
                mark.cause, mark.strikes, Duration.ofNanos(left), mark.probe.get() != null, mark.told, mark.why);
    }
}
