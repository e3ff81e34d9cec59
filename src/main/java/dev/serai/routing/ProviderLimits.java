package dev.serai.routing;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** How many calls may be under way at an upstream at once, so that a slow one cannot hold them all. Thread-safe. */
public final class ProviderLimits {

    private final ToIntFunction<ProviderHost> limit;
    private final ConcurrentMap<ProviderHost, AtomicInteger> underWay = new ConcurrentHashMap<>();

    /**
     * Limits that are all free.
     *
     * @param limit the most calls at once for an upstream; 0 for no limit
     */
    public ProviderLimits(ToIntFunction<ProviderHost> limit) {
        this.limit = limit;
    }

    /** A place at an upstream; given back once, whoever closes it first. */
    public static final class Permit implements AutoCloseable {
        private final AtomicInteger count;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Permit(AtomicInteger count) {
            this.count = count;
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                count.decrementAndGet();
            }
        }
    }

    /** A place at the upstream, or null when all are taken. */
    public @Nullable Permit acquire(ProviderHost host) {
        int most = limit.applyAsInt(host);
        var count = count(host);
        if (count.incrementAndGet() > most && most > 0) {
            count.decrementAndGet();
            return null;
        }
        return new Permit(count);
    }

    /** How many calls are under way at the upstream. */
    public int underWay(ProviderHost host) {
        return count(host).get();
    }

    private AtomicInteger count(ProviderHost host) {
        var known = underWay.get(host);
        return known != null ? known : underWay.computeIfAbsent(host, absent -> new AtomicInteger());
    }
}
