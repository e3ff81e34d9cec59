package dev.serai.database;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** The second after a failure, in which a database is not asked again by everybody. Safe for use by many threads. */
public final class Pause {

    private static final long LENGTH = Duration.ofSeconds(1).toNanos();

    private final LongSupplier nanos;
    private final AtomicLong end;

    /** @param nanos a clock that never goes back */
    public Pause(LongSupplier nanos) {
        this.nanos = nanos;
        this.end = new AtomicLong(nanos.getAsLong());
    }

    /** The database has failed just now. */
    public void begin() {
        end.set(nanos.getAsLong() + LENGTH);
    }

    public boolean lasts() {
        return nanos.getAsLong() - end.get() < 0;
    }
}
