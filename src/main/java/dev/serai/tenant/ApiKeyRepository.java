package dev.serai.tenant;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code api_key}. */
@Component
public final class ApiKeyRepository {

    /** Guards the question whether there is any key, across processes. */
    private static final long FIRST_KEY_LOCK = 0x5e7a1_0001L;

    private final JdbcClient jdbc;

    public ApiKeyRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The key of this digest, or whose digest this was before it was regenerated; disabled and expired ones too. */
    Optional<StoredKey> find(Digest digest) {
        return jdbc.sql("""
                        select id, name, forced_model, allowed_models, token_limit_per_day, token_limit_per_5h,
                               requests_per_minute, tokens_per_minute, max_concurrent_streams,
                               spend_limit_per_day, spend_currency, expires_at, enabled,
                               case when digest = :digest then null else previous_valid_until end as digest_valid_until
                          from api_key
                         where digest = :digest or previous_digest = :digest
                         order by digest = :digest desc
                         limit 1
                        """)
                .param("digest", digest.bytes())
                .query((row, number) -> storedKey(row))
                .optional();
    }

    /** Waits until no other process asks; the caller's transaction holds the answer true. */
    boolean isEmptyForSure() {
        jdbc.sql("select pg_advisory_xact_lock(:lock)")
                .param("lock", FIRST_KEY_LOCK)
                .query((row, number) -> number)
                .single();
        return jdbc.sql("select not exists (select from api_key)")
                .query(Boolean.class)
                .single();
    }

    void insert(NewApiKey key) {
        jdbc.sql("""
                        insert into api_key (id, digest, pepper_id, display_prefix, display_last_four, name,
                                             created_at, updated_at)
                        values (:id, :digest, :pepperId, :displayPrefix, :displayLastFour, :name,
                                :createdAt, :createdAt)
                        """)
                .param("id", key.id())
                .param("digest", key.digest().bytes())
                .param("pepperId", key.pepperId())
                .param("displayPrefix", key.displayPrefix())
                .param("displayLastFour", key.displayLastFour())
                .param("name", key.name())
                .param("createdAt", key.createdAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    private static StoredKey storedKey(ResultSet row) throws SQLException {
        KeyLimits limits = new KeyLimits(
                row.getObject("token_limit_per_day", Long.class),
                row.getObject("token_limit_per_5h", Long.class),
                row.getObject("requests_per_minute", Integer.class),
                row.getObject("tokens_per_minute", Long.class),
                row.getObject("max_concurrent_streams", Integer.class),
                row.getBigDecimal("spend_limit_per_day"),
                row.getString("spend_currency"));
        ApiKey key = new ApiKey(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("forced_model"),
                strings(row.getArray("allowed_models")),
                limits,
                instant(row, "expires_at"));
        return new StoredKey(key, row.getBoolean("enabled"), instant(row, "digest_valid_until"));
    }

    private static List<String> strings(Array array) throws SQLException {
        return Arrays.asList((String[]) array.getArray());
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
