package dev.serai.usage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The rows of {@code usage_minute} in pages, each by a statement of its own: no connection is held while a slow reader
 * takes its time.
 */
@Component
final class UsageRowRepository {

    static final int PAGE = 500;

    private static final String FIRST = "select * from usage_minute where " + UsageFilter.SQL
            + " order by minute, key_id, model, provider, currency limit " + PAGE;

    private static final String NEXT = "select * from usage_minute where " + UsageFilter.SQL
            + " and (minute, key_id, model, provider, currency)"
            + " > (cast(:lastMinute as timestamptz), cast(:lastKey as uuid), :lastModel, :lastProvider, :lastCurrency)"
            + " order by minute, key_id, model, provider, currency limit " + PAGE;

    private final JdbcClient jdbc;

    UsageRowRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The rows that follow {@code after}, the first ones where it is null; fewer than {@link #PAGE} are the last. */
    List<UsageRow> page(UsageQuery query, @Nullable UsageRow after) {
        var parameters = UsageFilter.parameters(query);
        if (after != null) {
            parameters
                    .addValue("lastMinute", after.minute().atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE)
                    .addValue("lastKey", after.keyId().toString(), Types.VARCHAR)
                    .addValue("lastModel", after.model(), Types.VARCHAR)
                    .addValue("lastProvider", after.provider(), Types.VARCHAR)
                    .addValue("lastCurrency", after.currency(), Types.VARCHAR);
        }
        return jdbc.sql(after == null ? FIRST : NEXT)
                .paramSource(parameters)
                .query(UsageRowRepository::row)
                .list();
    }

    private static UsageRow row(ResultSet row, int number) throws SQLException {
        return new UsageRow(
                row.getObject("minute", OffsetDateTime.class).toInstant(),
                row.getObject("key_id", UUID.class),
                row.getString("key_name"),
                row.getString("model"),
                row.getString("provider"),
                row.getString("currency"),
                row.getLong("calls"),
                row.getLong("failures"),
                row.getLong("estimated"),
                row.getLong("input_tokens"),
                row.getLong("cached_input_tokens"),
                row.getLong("cache_write_tokens"),
                row.getLong("output_tokens"),
                row.getLong("reasoning_tokens"),
                row.getLong("cost_nanos"));
    }
}
