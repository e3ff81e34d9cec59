package dev.serai.usage;

import dev.serai.usage.KeyUsage.History;
import dev.serai.usage.KeyUsage.Window;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What one key has used, by one statement over the ledger and the key's row. */
@Component
final class KeyUsageRepository {

    /** The window of a minute is thirteen slices of five seconds; the oldest use leaves when its slice does. */
    private static final String USED = """
            select now.at, k.display_prefix, k.display_last_four, k.created_at, k.last_used_at, k.lifetime_tokens,
                   coalesce(a.day_tokens, 0) as day_tokens, coalesce(a.day_spend, 0) as day_spend,
                   coalesce(a.five_hours_tokens, 0) as five_hours_tokens,
                   coalesce(a.reserved_tokens, 0) as reserved_tokens, coalesce(a.reserved_spend, 0) as reserved_spend,
                   coalesce(a.open_calls, 0) as open_calls,
                   coalesce(sum_of(a.slice_calls), 0) as minute_calls,
                   coalesce(sum_of(a.slice_tokens), 0) as minute_tokens,
                   now.at + make_interval(secs => slices_free_in(a.slice_calls, a.newest_slice, 1)) as calls_free,
                   now.at + make_interval(secs => slices_free_in(a.slice_tokens, a.newest_slice, 1)) as minute_free,
                   old.day_free, old.spend_free, old.five_hours_free
              from (select cast(:key as uuid) as id, clock_timestamp() as at) now
              left join api_key k on k.id = now.id
              left join lateral (select c.* from quota_account q cross join lateral account_at(q, now.at) c
                                  where q.key_id = now.id) a on true
              left join lateral (
                    select min(b.minute) filter (where b.tokens > 0) + interval '24 hours 1 minute' as day_free,
                           min(b.minute) filter (where b.spend > 0) + interval '24 hours 1 minute' as spend_free,
                           min(b.minute) filter (where b.tokens > 0
                               and b.minute >= date_trunc('minute', now.at) - interval '5 hours')
                               + interval '5 hours 1 minute' as five_hours_free
                      from quota_bucket b
                     where b.key_id = now.id
                       and b.minute >= date_trunc('minute', now.at) - interval '24 hours') old on true
            """;

    private final JdbcClient jdbc;

    KeyUsageRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    KeyUsage of(UUID key) {
        return jdbc.sql(USED).param("key", key).query(KeyUsageRepository::usage).single();
    }

    private static KeyUsage usage(ResultSet row, int number) throws SQLException {
        long tokens = row.getLong("reserved_tokens");
        return new KeyUsage(
                row.getObject("at", OffsetDateTime.class).toInstant(),
                history(row),
                window(row, "five_hours_tokens", tokens, "five_hours_free"),
                window(row, "day_tokens", tokens, "day_free"),
                window(row, "day_spend", row.getLong("reserved_spend"), "spend_free"),
                window(row, "minute_tokens", tokens, "minute_free"),
                window(row, "minute_calls", 0, "calls_free"),
                row.getInt("open_calls"));
    }

    private static Window window(ResultSet row, String used, long reserved, String frees) throws SQLException {
        return new Window(row.getLong(used), reserved, instant(row, frees));
    }

    private static @Nullable History history(ResultSet row) throws SQLException {
        Instant created = instant(row, "created_at");
        return created == null
                ? null
                : new History(
                        row.getString("display_prefix") + "…" + row.getString("display_last_four"),
                        created,
                        instant(row, "last_used_at"),
                        row.getLong("lifetime_tokens"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
