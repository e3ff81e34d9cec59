package dev.serai.quota;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Component;

/** The tables {@code quota_account}, {@code quota_bucket} and {@code reservation}, through their functions. */
@Component
final class LedgerRepository {

    private static final String RESERVE =
            "select * from reserve_quota(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String RENEW =
            "update reservation set deadline = clock_timestamp() + interval '60 seconds'" + " where id = any(?)";
    private static final String SWEEP = "select sweep_reservations(?)";

    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000L);

    private final JdbcOperations jdbc;

    LedgerRepository(JdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    /** Reserves, or says which limit refuses; one statement. @param owed by earlier calls of the key */
    Verdict reserve(Ask ask, long owed) {
        return Objects.requireNonNull(jdbc.query(
                RESERVE,
                (PreparedStatement statement) -> fill(statement, ask, owed),
                (ResultSet rows) -> rows.next() ? verdict(rows) : null));
    }

    private static void fill(PreparedStatement statement, Ask ask, long owed) throws SQLException {
        var limits = ask.key().limits();
        statement.setObject(1, ask.call());
        statement.setObject(2, ask.key().id());
        statement.setString(3, ask.key().name());
        statement.setString(4, ask.protocol());
        statement.setString(5, ask.model());
        statement.setBoolean(6, ask.stream());
        statement.setLong(7, ask.tokens());
        statement.setLong(8, ask.spendNanos());
        statement.setLong(9, ask.inputTokens());
        statement.setLong(10, ask.inputNanos());
        statement.setString(11, ask.currency());
        statement.setLong(12, owed);
        set(statement, 13, limits.tokensPerDay());
        set(statement, 14, limits.tokensPer5Hours());
        set(statement, 15, nanos(limits.spendPerDay()));
        set(statement, 16, limits.requestsPerMinute());
        set(statement, 17, limits.tokensPerMinute());
        statement.setObject(18, limits.maxConcurrentStreams(), Types.INTEGER);
    }

    private static void set(PreparedStatement statement, int place, @Nullable Number limit) throws SQLException {
        if (limit == null) {
            statement.setNull(place, Types.BIGINT);
        } else {
            statement.setLong(place, limit.longValue());
        }
    }

    private static @Nullable Long nanos(@Nullable BigDecimal amount) {
        return amount == null
                ? null
                : amount.multiply(NANOS).min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue();
    }

    private static Verdict verdict(ResultSet row) throws SQLException {
        String refused = row.getString(1);
        int wait = row.getInt(2);
        boolean never = row.wasNull();
        var state = new KeyState(
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9),
                row.getInt(10));
        return new Verdict(refused == null ? null : Limit.of(refused), never ? null : Duration.ofSeconds(wait), state);
    }

    /** Moves the deadlines of calls that still run to a minute from now. */
    void renew(Collection<UUID> calls) {
        jdbc.update(
                RENEW,
                statement -> statement.setArray(1, statement.getConnection().createArrayOf("uuid", calls.toArray())));
    }

    /** Closes reservations whose gateway is gone, {@code most} of them. @return how many there were */
    int sweep(int most) {
        return Objects.requireNonNullElse(jdbc.queryForObject(SWEEP, Integer.class, most), 0);
    }
}
