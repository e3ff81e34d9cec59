package dev.serai.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/**
 * Whether the database answers, cheaply enough to be asked on every call: it is looked at no more than once a second,
 * by one of the callers; all others get the last finding at once.
 */
@Component
public final class DatabaseHealth {

    private static final long FRESH_MILLIS = 1_000;
    private static final int PATIENCE_SECONDS = 1;

    private final DataSource source;
    private final Clock clock;
    private final AtomicBoolean up = new AtomicBoolean(true);
    private final AtomicLong lookedAt = new AtomicLong(Long.MIN_VALUE / 2);

    public DatabaseHealth(DataSource source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /** Whether the database answered when it was last looked at; a start needs it, so it counts as there until then. */
    public boolean isUp() {
        long last = lookedAt.get();
        long now = clock.millis();
        if (now - last >= FRESH_MILLIS && lookedAt.compareAndSet(last, now)) {
            up.set(answers());
        }
        return up.get();
    }

    private boolean answers() {
        try (Connection connection = source.getConnection()) {
            return connection.isValid(PATIENCE_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }
}
