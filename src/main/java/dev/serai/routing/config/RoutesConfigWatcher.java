package dev.serai.routing.config;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the store look at its files again and again, on one daemon thread that ends with {@link #close()}. */
public final class RoutesConfigWatcher implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RoutesConfigWatcher.class);

    private final RoutesConfigStore store;
    private final ScheduledExecutorService thread;
    private final ScheduledFuture<?> looking;

    /** Starts at once. */
    public RoutesConfigWatcher(RoutesConfigStore store, Duration interval) {
        this.store = store;
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("routes-config-watch").factory());
        this.looking = thread.scheduleWithFixedDelay(
                this::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            store.check();
        } catch (RuntimeException e) {
            log.error("The files of the models configuration could not be looked at", e);
        }
    }

    @Override
    public void close() {
        looking.cancel(false);
        thread.shutdown();
    }
}
