package dev.serai.imports;

import dev.serai.database.DatabaseUrl;
import dev.serai.secret.Secret;
import dev.serai.tenant.KeyHistory;
import dev.serai.tenant.KeyLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code api_keys} of glm-proxy. Its times have no zone and are UTC. Its table {@code daily_usage} was never
 * written. The address may stand in a file, given as {@code @file}, to keep its password out of lists of processes.
 */
final class GlmProxyDatabase implements OldStore {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String SELECT = """
            select id, key, name, model, cast(token_limit_per_day as bigint) as token_limit_per_day,
                   cast(expiry_date as timestamp) as expiry_date,
                   cast(created_at as timestamp) as created_at, cast(last_used as timestamp) as last_used,
                   coalesce(total_lifetime_tokens, 0) as total_lifetime_tokens
              from api_keys
             order by created_at, id
            """;

    @Override
    public Content read(String source) {
        DatabaseUrl url = url(source.startsWith("@") ? contentOf(source.substring(1)) : source);
        try (Connection connection = url.connect("serai-import", PATIENCE);
                Statement statement = connection.createStatement()) {
            connection.setReadOnly(true);
            statement.execute("set time zone 'UTC'");
            List<OldKey> keys = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(SELECT)) {
                while (rows.next()) {
                    keys.add(key(rows));
                }
            }
            return new Content(keys, List.of(), 0);
        } catch (SQLException e) {
            throw new BadEntry("the database", "cannot be read (SQL state " + e.getSQLState() + ")");
        }
    }

    private static OldKey key(ResultSet row) throws SQLException {
        String place = "api_keys " + row.getString("id");
        String key = row.getString("key");
        if (key == null || key.isBlank()) {
            throw new BadEntry(place + ".key", "is missing");
        }
        KeyLimits limits =
                new KeyLimits(row.getObject("token_limit_per_day", Long.class), null, null, null, null, null, null);
        long lifetime = row.getLong("total_lifetime_tokens");
        if (lifetime < 0) {
            throw new BadEntry(place + ".total_lifetime_tokens", "must not be negative");
        }
        return new OldKey(
                place,
                new Secret(key),
                GlmProxyFile.settings(
                        place,
                        row.getString("name"),
                        blankToNull(row.getString("model")),
                        limits,
                        utc(row, "expiry_date")),
                new KeyHistory(utc(row, "created_at"), utc(row, "last_used"), lifetime, List.of()));
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    private static @Nullable Instant utc(ResultSet row, String column) throws SQLException {
        LocalDateTime time = row.getObject(column, LocalDateTime.class);
        return time == null ? null : time.toInstant(ZoneOffset.UTC);
    }

    private static DatabaseUrl url(String address) {
        try {
            return DatabaseUrl.parse(address);
        } catch (IllegalArgumentException e) {
            throw new BadEntry(
                    "the database", "its address must look like postgresql://user:password@host:5432/database");
        }
    }

    private static String contentOf(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException | InvalidPathException e) {
            throw new BadEntry("the file of the address", "cannot be read");
        }
    }
}
