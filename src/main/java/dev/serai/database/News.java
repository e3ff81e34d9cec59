package dev.serai.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Hears what is told on one channel of the database. It holds one connection of its own and looks every second whether
 * that still lives; its listener knows when there is none.
 *
 * <p>A virtual thread of its own does all of it, from {@link #start()} to {@link #stop()}; neither waits for the database.
 */
public final class News implements SmartLifecycle {

    /** Where a connection of its own comes from. */
    @FunctionalInterface
    public interface Source {
        Connection open() throws SQLException;
    }

    /** Who is told; by the thread of the news, and never by two at once. */
    public interface Listener {

        /** From now on changes are told of; what was read before may have changed unheard. */
        void hear();

        /** Changes are not told of any more. */
        void lose();

        /** @param what the texts that were told; an empty one for everything */
        void changed(Set<String> what);
    }

    private static final Logger log = LoggerFactory.getLogger(News.class);
    private static final int LOOK_MILLIS = 1_000;
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final String channel;
    private final String subject;
    private final Source source;
    private final Listener listener;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean running;
    private volatile @Nullable Connection connection;
    private Duration pause = SHORTEST_PAUSE;
    private boolean told;

    /**
     * @param channel an SQL name
     * @param subject what changes, in the plural, for the log
     */
    public News(String channel, String subject, Source source, Listener listener) {
        this.channel = channel;
        this.subject = subject;
        this.source = source;
        this.listener = listener;
    }

    @Override
    public void start() {
        running = true;
        Thread.ofVirtual().name("news-of-" + subject).start(this::run);
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
                listener.lose();
            }
            rest();
        }
    }

    private void listen(Connection fresh) throws SQLException {
        fresh.setNetworkTimeout(Runnable::run, LOOK_MILLIS);
        try (Statement statement = fresh.createStatement()) {
            statement.execute("listen " + channel);
        }
        listener.hear();
        told = false;
        log.info("Changes of {} are heard of at once", subject);
    }

    /** Until the connection is lost. */
    private void hear(Connection open) throws SQLException {
        PGConnection postgres = open.unwrap(PGConnection.class);
        while (running) {
            PGNotification[] news = postgres.getNotifications(LOOK_MILLIS);
            if (news == null || news.length == 0) {
                look(open);
            } else {
                Set<String> what = new LinkedHashSet<>();
                for (PGNotification one : news) {
                    what.add(one.getParameter());
                }
                listener.changed(what);
            }
            pause = SHORTEST_PAUSE;
        }
    }

    private static void look(Connection open) throws SQLException {
        try (Statement statement = open.createStatement()) {
            statement.execute("select 1");
        }
    }

    /** Once for each time without a connection. */
    private void tell(Exception failure) {
        if (running && !told) {
            told = true;
            log.warn(
                    "Changes of {} are not heard of; until they are, {} are asked for every second: {}",
                    subject,
                    subject,
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
