package dev.serai.quota;

import dev.serai.tenant.ApiKey;
import dev.serai.tenant.KeyLimits;
import dev.serai.testkit.LedgerSums;
import dev.serai.testkit.TestDatabase;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A ledger on a database of a test, and what the tests of it have in common. */
final class Ledgers {

    private static final String SETTLE = """
            select count(*) from settle_usage(json_build_array(json_build_object(
                'id', :id, 'at', clock_timestamp(), 'key_id', :key, 'key_name', 'a key', 'protocol', 'openai-chat',
                'model', 'm', 'provider', 'openai', 'upstream_model', 'u', 'status', 200, 'outcome', 'ok',
                'stream', false, 'input_tokens', :input, 'cached_input_tokens', 0, 'cache_write_tokens', 0,
                'output_tokens', :output, 'reasoning_tokens', 0, 'estimated', false, 'attempts', 1, 'duration_ms', 1,
                'upstream_ms', 1, 'cost_nanos', :cost, 'currency', 'USD')))
            """;

    final JdbcClient jdbc;
    final LedgerRepository repository;
    final Ledger ledger;

    Ledgers(TestDatabase database) {
        this(new JdbcTemplate(database.dataSource()));
    }

    Ledgers(JdbcTemplate template) {
        jdbc = JdbcClient.create(template);
        repository = new LedgerRepository(template);
        ledger = new Ledger(repository, System::nanoTime);
    }

    static KeyLimits perDay(long tokens) {
        return new KeyLimits(tokens, null, null, null, null, null, null);
    }

    static KeyLimits perFiveHours(long tokens) {
        return new KeyLimits(null, tokens, null, null, null, null, null);
    }

    static KeyLimits rates(
            @Nullable Integer callsPerMinute, @Nullable Long tokensPerMinute, @Nullable Integer concurrent) {
        return new KeyLimits(null, null, callsPerMinute, tokensPerMinute, concurrent, null, null);
    }

    static KeyLimits spending(String amount) {
        return new KeyLimits(null, null, null, null, null, new BigDecimal(amount), "USD");
    }

    /** A key with a row, so that it has a currency and lifetime tokens. */
    ApiKey key(KeyLimits limits) {
        UUID id = UUID.randomUUID();
        jdbc.sql("""
                        insert into api_key (id, digest, pepper_id, display_prefix, display_last_four, name,
                                             spend_limit_per_day, spend_currency)
                        values (:id, sha256(cast(:text as bytea)), 'p', 'pk_abcd', 'wxyz', 'a key', :spend, :currency)
                        """)
                .param("id", id)
                .param("text", id.toString())
                .param("spend", limits.spendPerDay())
                .param("currency", limits.spendCurrency())
                .update();
        return new ApiKey(id, "a key", null, List.of(), limits, null);
    }

    static Ask ask(ApiKey key, long tokens) {
        return ask(key, tokens, 0);
    }

    static Ask ask(ApiKey key, long tokens, long nanos) {
        return new Ask(UUID.randomUUID(), key, "openai-chat", "m", false, tokens, tokens / 2, nanos, nanos / 2, "USD");
    }

    Verdict reserve(ApiKey key, long tokens) {
        return repository.reserve(ask(key, tokens), 0);
    }

    /** Whether a call that asks this much is admitted. */
    boolean admits(Ask ask) {
        return repository.reserve(ask, 0).refusedBy() == null;
    }

    /** @return how many events were new */
    long settle(Ask ask, long input, long output) {
        return settle(ask, input, output, 0);
    }

    long settle(Ask ask, long input, long output, long cost) {
        return jdbc.sql(SETTLE)
                .param("id", ask.call())
                .param("key", ask.key().id())
                .param("input", input)
                .param("output", output)
                .param("cost", cost)
                .query(Long.class)
                .single();
    }

    /** Makes everything that was settled so far look older. */
    void timePasses(Duration time) {
        String shift = time.toSeconds() + " seconds";
        jdbc.sql("""
                        update quota_bucket set minute = minute - cast(:shift as interval)
                        """).param("shift", shift).update();
        jdbc.sql("""
                        update quota_account
                           set day_from = day_from - cast(:shift as interval),
                               five_hours_from = five_hours_from - cast(:shift as interval),
                               newest_slice = newest_slice - :seconds / 5
                        """).param("shift", shift).param("seconds", time.toSeconds()).update();
        jdbc.sql("update reservation set deadline = deadline - cast(:shift as interval)")
                .param("shift", shift)
                .update();
    }

    /** What does not add up; empty when everything does. */
    List<String> drift() {
        return LedgerSums.drift(jdbc);
    }

    long count(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }
}
