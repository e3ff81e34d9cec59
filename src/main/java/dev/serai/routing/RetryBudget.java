package dev.serai.routing;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How many repeats an upstream that fails may get: one for every ten calls, and over any minute three a second. Up to
 * three are saved for a burst, which the minute's 180 include. Thread-safe; a call at a full budget only reads.
 */
public final class RetryBudget {

    private static final int BURST = 3;
    /** (180 − 3 of the burst) repeats in 60 s. */
    private static final long NANOS_A_REPEAT = 60_000_000_000L / 177 + 1;

    private static final long NANOS_A_CALL = NANOS_A_REPEAT / 10;

    private final LongSupplier nanos;

    /** For each upstream the moment at which its budget was or will be empty. */
    private final ConcurrentMap<ProviderHost, AtomicLong> empty = new ConcurrentHashMap<>();

    public RetryBudget(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** A call goes to the upstream for the first time. */
    public void called(ProviderHost host) {
        long floor = floor(nanos.getAsLong());
        var at = empty(host, floor);
        long then = at.get();
        while (then - floor > 0) {
            long earlier = then - NANOS_A_CALL - floor > 0 ? then - NANOS_A_CALL : floor;
            if (at.compareAndSet(then, earlier)) {
                return;
            }
            then = at.get();
        }
    }

    /** Takes one repeat out of the budget, if there is one. */
    public boolean repeat(ProviderHost host) {
        long now = nanos.getAsLong();
        long floor = floor(now);
        var at = empty(host, floor);
        while (true) {
            long then = at.get();
            long from = then - floor > 0 ? then : floor;
            if (now - from < NANOS_A_REPEAT) {
                return false;
            }
            if (at.compareAndSet(then, from + NANOS_A_REPEAT)) {
                return true;
            }
        }
    }

    private static long floor(long now) {
        return now - BURST * NANOS_A_REPEAT;
    }

    private AtomicLong empty(ProviderHost host, long floor) {
        var known = empty.get(host);
        return known != null ? known : empty.computeIfAbsent(host, absent -> new AtomicLong(floor));
    }
}
