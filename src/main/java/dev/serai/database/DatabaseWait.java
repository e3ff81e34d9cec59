package dev.serai.database;

import dev.serai.secret.StartRefused;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits at start for a database that is not up yet, for a bounded time. */
final class DatabaseWait {

    private static final Logger log = LoggerFactory.getLogger(DatabaseWait.class);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Clock clock;
    private final Duration patience;

    DatabaseWait(Clock clock, Duration patience) {
        this.clock = clock;
        this.patience = patience;
    }

    /**
     * Returns once {@code source} gives a connection.
     *
     * @throws StartRefused when it does not in time, or at once when it refuses the login or the database's name
     */
    void until(DataSource source) {
        Instant end = clock.instant().plus(patience);
        boolean told = false;
        while (true) {
            try (Connection connection = source.getConnection()) {
                return;
            } catch (SQLException e) {
                refuseWhenHopeless(e);
                if (!clock.instant().isBefore(end)) {
                    throw new StartRefused("The database of DATABASE_URL cannot be reached.", e);
                }
                if (!told) {
                    log.warn("The database cannot be reached yet; waiting up to {} s", patience.toSeconds());
                    told = true;
                }
                pause();
            }
        }
    }

    private static void refuseWhenHopeless(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        if (state.startsWith("28")) {
            throw new StartRefused("The database refuses the user or the password of DATABASE_URL.", failure);
        }
        if (state.equals("3D000")) {
            throw new StartRefused("The database that DATABASE_URL names does not exist on its server.", failure);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartRefused("Interrupted while waiting for the database.", e);
        }
    }
}
