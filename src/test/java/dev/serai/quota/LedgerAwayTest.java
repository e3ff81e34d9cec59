package dev.serai.quota;

import static dev.serai.quota.Ledgers.ask;
import static dev.serai.quota.Ledgers.perDay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.tenant.ApiKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.AbstractDataSource;

class LedgerAwayTest {

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private final ApiKey key = new ApiKey(UUID.randomUUID(), "a key", null, List.of(), perDay(100), null);
    private final Ledger ledger = new Ledger(new LedgerRepository(new JdbcTemplate(new Away(asked))), nanos::get);

    /** A database that nobody answers at. */
    private static final class Away extends AbstractDataSource {

        private final AtomicInteger asked;

        Away(AtomicInteger asked) {
            this.asked = asked;
        }

        @Override
        public Connection getConnection() throws SQLException {
            asked.incrementAndGet();
            throw new SQLException("away", "08006");
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
        }
    }

    @Test
    void aDatabaseThatIsAwayIsAskedOnceASecondAndEverybodyElseIsToldAtOnce() {
        for (int second = 1; second <= 3; second++) {
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(() -> ledger.reserve(ask(key, 1))).isInstanceOf(LedgerUnavailable.class);
            }
            assertThat(asked).hasValue(second);
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        }
    }
}
