package dev.serai.tenant;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Hears from the database which keys have changed, and has the cache forget them. It holds one connection of its own and
 * looks every second whether that still lives; while it has none, the cache knows and trusts nothing for long.
 *
 * <p>A virtual thread of its own does all of it, from {@link #start()} to {@link #stop()}; neither waits for the database.
 */
final class KeyChanges implements SmartLifecycle {

    /** Where a connection of its own comes from. */
    @FunctionalInterface
    interface Source {
        Connection open() throws SQLException;
    }

    private static final Logger log = LoggerFactory.getLogger(KeyChanges.class);
    private static final int LOOK_MILLIS = 1_000;
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Source source;
    private final KeyCache cache;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean running;
    private volatile @Nullable Connection connection;
    private Duration pause = SHORTEST_PAUSE;
    private boolean told;

    KeyChanges(Source source, KeyCache cache) {
        this.source = source;
        this.cache = cache;
    }

    @Override
    public void start() {
        running = true;
        Thread.ofVirtual().name("key-changes").start(this::run);
    }

    @Override
    public void stop() {
        running = false;
        stopped.countDown();
        Connection open = connection;
        if (open != null) {
            abort(open);
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Hears until the last call is answered: it stops after the door does. */
    @Override
    public int getPhase() {
        return 0;
    }

    private void run() {
        while (running) {
            try (Connection fresh = source.open()) {
                connection = fresh;
                listen(fresh);
                hear(fresh);
            } catch (SQLException | RuntimeException e) {
                tell(e);
            } finally {
                cache.lose();
            }
            rest();
        }
    }

    private void listen(Connection fresh) throws SQLException {
        fresh.setNetworkTimeout(Runnable::run, LOOK_MILLIS);
        try (Statement statement = fresh.createStatement()) {
            statement.execute("listen api_key");
        }
        cache.hear();
        told = false;
        log.info("Changes of keys are heard of at once");
    }

    /** Until the connection is lost. */
    private void hear(Connection open) throws SQLException {
        PGConnection postgres = open.unwrap(PGConnection.class);
        while (running) {
            PGNotification[] news = postgres.getNotifications(LOOK_MILLIS);
            if (news == null || news.length == 0) {
                look(open);
            } else {
                forget(news);
            }
            pause = SHORTEST_PAUSE;
        }
    }

    private static void look(Connection open) throws SQLException {
        try (Statement statement = open.createStatement()) {
            statement.execute("select 1");
        }
    }

    private void forget(PGNotification[] news) {
        Set<UUID> keys = new HashSet<>();
        for (PGNotification one : news) {
            try {
                keys.add(UUID.fromString(one.getParameter()));
            } catch (IllegalArgumentException e) {
                cache.invalidateAll();
            }
        }
        cache.invalidate(keys);
    }

    /** Once for each time without a connection. */
    private void tell(Exception failure) {
        if (running && !told) {
            told = true;
            log.warn(
                    "Changes of keys are not heard of; until they are, keys are asked for every second: {}",
                    failure.getClass().getSimpleName());
        }
    }

    private void rest() {
        try {
            if (!stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                Duration longer = pause.multipliedBy(2);
                pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
            }
        } catch (InterruptedException e) {
            running = false;
            Thread.currentThread().interrupt();
        }
    }

    private static void abort(Connection open) {
        try {
            open.abort(Runnable::run);
        } catch (SQLException e) {
            log.debug("The connection was closed already");
        }
    }
}
