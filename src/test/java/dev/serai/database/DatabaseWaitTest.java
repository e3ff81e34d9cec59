package dev.serai.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.secret.StartRefused;
import dev.serai.testkit.TestClock;
import dev.serai.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.AbstractDataSource;

class DatabaseWaitTest {

    private static TestDatabase database;

    private final TestClock clock = new TestClock();

    @BeforeAll
    static void create() {
        database = TestDatabase.fresh();
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    /** Fails so many times with {@code state}, each of which takes ten seconds. */
    private DataSource failing(int times, String state) {
        AtomicInteger left = new AtomicInteger(times);
        DataSource real = database.dataSource();
        return new AbstractDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                if (left.getAndDecrement() > 0) {
                    clock.pass(Duration.ofSeconds(10));
                    throw new SQLException("away", state);
                }
                return real.getConnection();
            }

            @Override
            public Connection getConnection(String username, String password) {
                throw new UnsupportedOperationException();
            }
        };
    }

    @Test
    void databaseThatIsLateIsWaitedForAndOneThatNeverComesRefusesTheStart() {
        DatabaseWait wait = new DatabaseWait(clock, Duration.ofSeconds(15));
        assertThatCode(() -> wait.until(failing(1, "08001"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> wait.until(failing(9, "08001")))
                .isInstanceOf(StartRefused.class)
                .hasMessage("The database of DATABASE_URL cannot be reached.");
    }

    @Test
    void wrongLoginOrNameRefusesTheStartAtOnce() {
        DatabaseWait wait = new DatabaseWait(clock, Duration.ofDays(1));
        assertThatThrownBy(() -> wait.until(failing(1, "28P01")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("refuses the user or the password");
        assertThatThrownBy(() -> wait.until(failing(1, "3D000")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("does not exist");
    }

    @Test
    void healthIsLookedAtOnceASecond() {
        DatabaseHealth health = new DatabaseHealth(failing(1, "08001"), clock);
        assertThat(health.isUp()).isFalse();
        assertThat(health.isUp()).isTrue();

        DatabaseHealth good = new DatabaseHealth(failing(0, ""), clock);
        assertThat(good.isUp()).isTrue();
        assertThat(good.isUp()).isTrue();
    }
}
