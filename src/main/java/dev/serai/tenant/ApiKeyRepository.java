package dev.serai.tenant;

import dev.serai.tenant.KeyHistory.UsedWindow;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

/** The table {@code api_key}. */
@Component
public final class ApiKeyRepository {

    /** Guards the question whether there is any key, across processes. */
    private static final long FIRST_KEY_LOCK = 0x5e7a1_0001L;

    private static final String SELECT_RECORD = "select " + KeyRows.RECORD_COLUMNS + " from api_key ";

    private final JdbcClient jdbc;

    public ApiKeyRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The key of this digest, or whose digest this was before it was regenerated; disabled and expired ones too. */
    Optional<StoredKey> find(Digest digest) {
        return jdbc.sql("select " + KeyRows.COLUMNS + """
                        , case when digest = :digest then null else previous_valid_until end as digest_valid_until
                          from api_key
                         where digest = :digest or previous_digest = :digest
                         order by digest = :digest desc
                         limit 1
                        """)
                .param("digest", digest.bytes())
                .query(KeyRows::stored)
                .optional();
    }

    Optional<KeyRecord> record(UUID id) {
        return jdbc.sql(SELECT_RECORD + "where id = :id")
                .param("id", id)
                .query(KeyRows::keyRecord)
                .optional();
    }

    /** The key of this digest, or whose digest this was before it was regenerated, if that still counts at {@code now}. */
    Optional<KeyRecord> record(Digest digest, Instant now) {
        return jdbc.sql(SELECT_RECORD + """
                         where digest = :digest or (previous_digest = :digest and previous_valid_until > :now)
                         order by digest = :digest desc
                         limit 1
                        """)
                .param("digest", digest.bytes())
                .param("now", utc(now))
                .query(KeyRows::keyRecord)
                .optional();
    }

    /** Keys whose name holds {@code part}, the newest first. */
    KeyPage page(int limit, long offset, String part) {
        String pattern = "%" + part.replaceAll("[!%_]", "!$0") + "%";
        var keys = jdbc.sql(SELECT_RECORD + """
                         where name ilike :pattern escape '!'
                         order by created_at desc, id
                         limit :limit offset :offset
                        """)
                .param("pattern", pattern)
                .param("limit", limit)
                .param("offset", offset)
                .query(KeyRows::keyRecord)
                .list();
        long total = jdbc.sql("select count(*) from api_key where name ilike :pattern escape '!'")
                .param("pattern", pattern)
                .query(Long.class)
                .single();
        return new KeyPage(keys, total);
    }

    /**
     * The key, which nobody else changes until the transaction ends. Its account is locked first, in the order in which
     * settlements do it.
     */
    Optional<KeyRecord> lock(UUID id) {
        jdbc.sql("select lock_accounts(array[id]) from api_key where id = :id")
                .param("id", id)
                .query((row, number) -> number)
                .optional();
        return jdbc.sql(SELECT_RECORD + "where id = :id for update")
                .param("id", id)
                .query(KeyRows::keyRecord)
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

    /** Whether it could be kept; not when its digest is there already. */
    boolean insert(NewApiKey key) {
        var insert = jdbc.sql("""
                        insert into api_key (id, digest, pepper_id, display_prefix, display_last_four, name,
                                             forced_model, allowed_models, token_limit_per_day, token_limit_per_5h,
                                             requests_per_minute, tokens_per_minute, max_concurrent_streams,
                                             spend_limit_per_day, spend_currency, expires_at, enabled,
                                             lifetime_tokens, last_used_at, created_at, updated_at)
                        values (:id, :digest, :pepperId, :displayPrefix, :displayLastFour, :name,
                                :model, :models, :tokensPerDay, :tokensPer5Hours,
                                :requestsPerMinute, :tokensPerMinute, :maxConcurrentStreams,
                                :spendPerDay, :spendCurrency, :expiresAt, :enabled,
                                :lifetimeTokens, :lastUsedAt, :createdAt, :now)
                        on conflict do nothing
                        """)
                .param("lifetimeTokens", key.lifetimeTokens())
                .param("lastUsedAt", utc(key.lastUsedAt()))
                .param("createdAt", utc(key.createdAt()));
        return settings(imprint(insert, key.imprint()), key.id(), key.settings(), key.now())
                        .update()
                == 1;
    }

    void update(UUID id, KeySettings settings, Instant now) {
        var update = jdbc.sql("""
                        update api_key
                           set name = :name, forced_model = :model, allowed_models = :models,
                               token_limit_per_day = :tokensPerDay, token_limit_per_5h = :tokensPer5Hours,
                               requests_per_minute = :requestsPerMinute, tokens_per_minute = :tokensPerMinute,
                               max_concurrent_streams = :maxConcurrentStreams, spend_limit_per_day = :spendPerDay,
                               spend_currency = :spendCurrency, expires_at = :expiresAt, enabled = :enabled,
                               updated_at = :now
                         where id = :id
                        """);
        settings(update, id, settings, now).update();
    }

    /** Gives a key another digest; the present one counts until {@code previousUntil}, or not at all. */
    void replace(UUID id, KeyImprint imprint, @Nullable Instant previousUntil, Instant now) {
        var update =
                jdbc.sql("""
                        update api_key
                           set previous_digest = case when cast(:until as timestamptz) is null then null else digest end,
                               previous_valid_until = :until,
                               digest = :digest, pepper_id = :pepperId,
                               display_prefix = :displayPrefix, display_last_four = :displayLastFour,
                               updated_at = :now
                         where id = :id
                        """).param("id", id).param("until", utc(previousUntil)).param("now", utc(now));
        imprint(update, imprint).update();
    }

    /** Puts a digest of the same key under another pepper in the place of {@code old}. */
    void changePepper(Digest old, Digest current, String pepperId) {
        int changed = jdbc.sql("update api_key set digest = :current, pepper_id = :pepperId where digest = :old")
                .param("current", current.bytes())
                .param("pepperId", pepperId)
                .param("old", old.bytes())
                .update();
        if (changed == 0) {
            jdbc.sql("update api_key set previous_digest = :current where previous_digest = :old")
                    .param("current", current.bytes())
                    .param("old", old.bytes())
                    .update();
        }
    }

    boolean delete(UUID id) {
        return jdbc.sql("delete from api_key where id = :id").param("id", id).update() == 1;
    }

    /** What is spent of the day's limit is nothing again. */
    void restartSpending(UUID id) {
        jdbc.sql("select restart_spending(:id)")
                .param("id", id)
                .query((row, number) -> number)
                .single();
    }

    /** Lets use from elsewhere count for the key's limits. */
    void carryOver(UUID id, UsedWindow window) {
        jdbc.sql("select carry_over(:id, :start, :tokens)")
                .param("id", id)
                .param("start", utc(window.start()))
                .param("tokens", window.tokens())
                .query((row, number) -> number)
                .single();
    }

    private static StatementSpec imprint(StatementSpec statement, KeyImprint imprint) {
        return statement
                .param("digest", imprint.digest().bytes())
                .param("pepperId", imprint.pepperId())
                .param("displayPrefix", imprint.displayPrefix())
                .param("displayLastFour", imprint.displayLastFour());
    }

    private static StatementSpec settings(StatementSpec statement, UUID id, KeySettings settings, Instant now) {
        KeyLimits limits = settings.limits();
        return statement
                .param("id", id)
                .param("name", settings.name())
                .param("model", settings.model())
                .param("models", settings.models().toArray(String[]::new))
                .param("tokensPerDay", limits.tokensPerDay())
                .param("tokensPer5Hours", limits.tokensPer5Hours())
                .param("requestsPerMinute", limits.requestsPerMinute())
                .param("tokensPerMinute", limits.tokensPerMinute())
                .param("maxConcurrentStreams", limits.maxConcurrentStreams())
                .param("spendPerDay", limits.spendPerDay())
                .param("spendCurrency", limits.spendCurrency())
                .param("expiresAt", utc(settings.expiresAt()))
                .param("enabled", settings.enabled())
                .param("now", utc(now));
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
