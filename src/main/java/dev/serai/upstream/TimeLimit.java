package dev.serai.upstream;

import java.io.Closeable;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Breaks off what takes too long, from a thread of its own. Closes with the application. */
public final class TimeLimit implements Closeable {

    private final ScheduledThreadPoolExecutor timer;

    public TimeLimit() {
        timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("time-limit").factory());
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Stops the clock; what is being timed has ended. */
    public interface Running extends AutoCloseable {

        @Override
        void close();
    }

    /** @param abort must be quick; run unless the clock is stopped before */
    public Running start(Duration within, Runnable abort) {
        var alarm = timer.schedule(abort, within.toNanos(), TimeUnit.NANOSECONDS);
        return () -> alarm.cancel(false);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
