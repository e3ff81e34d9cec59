package dev.serai.tenant;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of {@code api_key} as the two things they are read as. */
final class KeyRows {

    /** What both need. */
    static final String COLUMNS = """
            id, name, forced_model, allowed_models, token_limit_per_day, token_limit_per_5h, requests_per_minute,
            tokens_per_minute, max_concurrent_streams, spend_limit_per_day, spend_currency, expires_at, enabled""";

    /** What an operator sees besides. */
    static final String RECORD_COLUMNS = COLUMNS + """
            , display_prefix, display_last_four, created_at, updated_at, last_used_at, lifetime_tokens,
            previous_valid_until""";

    private KeyRows() {}

    /** Of {@link #COLUMNS} and {@code digest_valid_until}. */
    static StoredKey stored(ResultSet row, int number) throws SQLException {
        ApiKey key = new ApiKey(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("forced_model"),
                strings(row.getArray("allowed_models")),
                limits(row),
                instant(row, "expires_at"));
        return new StoredKey(key, row.getBoolean("enabled"), instant(row, "digest_valid_until"));
    }

    /** Of {@link #RECORD_COLUMNS}. */
    static KeyRecord keyRecord(ResultSet row, int number) throws SQLException {
        KeySettings settings = new KeySettings(
                row.getString("name"),
                row.getString("forced_model"),
                strings(row.getArray("allowed_models")),
                limits(row),
                instant(row, "expires_at"),
                row.getBoolean("enabled"));
        return new KeyRecord(
                row.getObject("id", UUID.class),
                row.getString("display_prefix") + "…" + row.getString("display_last_four"),
                settings,
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                instant(row, "last_used_at"),
                row.getLong("lifetime_tokens"),
                instant(row, "previous_valid_until"));
    }

    private static KeyLimits limits(ResultSet row) throws SQLException {
        return new KeyLimits(
                row.getObject("token_limit_per_day", Long.class),
                row.getObject("token_limit_per_5h", Long.class),
                row.getObject("requests_per_minute", Integer.class),
                row.getObject("tokens_per_minute", Long.class),
                row.getObject("max_concurrent_streams", Integer.class),
                shortest(row.getBigDecimal("spend_limit_per_day")),
                row.getString("spend_currency"));
    }

    /** The column has eight decimals, of which most mean nothing. */
    private static @Nullable BigDecimal shortest(@Nullable BigDecimal amount) {
        if (amount == null) {
            return null;
        }
        BigDecimal stripped = amount.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static List<String> strings(Array array) throws SQLException {
        return Arrays.asList((String[]) array.getArray());
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
