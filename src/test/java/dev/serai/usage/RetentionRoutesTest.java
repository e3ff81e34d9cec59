package dev.serai.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class RetentionRoutesTest {

    private static final UsageProperties MONTH = new UsageProperties(Duration.ofDays(30), Duration.ofDays(400));
    private static final int OLD = 2 * RetentionRoutes.CHUNK + 7;

    private static void fill(TestDatabase database, String table, String columns, String values) {
        database.jdbc()
                .sql("insert into " + table + " (" + columns + ") select " + values
                        + " from generate_series(1, :old) n")
                .param("old", OLD)
                .update();
    }

    private static void run(TestDatabase database) throws Exception {
        try (var camel = new DefaultCamelContext()) {
            camel.getRegistry().bind("dataSource", database.dataSource());
            camel.addRoutes(new RetentionRoutes(MONTH));
            for (String id : List.of("usage.forget-events", "usage.forget-minutes", "usage.forget-buckets")) {
                AdviceWith.adviceWith(camel, id, route -> route.replaceFromWith("direct:" + id));
            }
            camel.start();
            try (var producer = camel.createProducerTemplate()) {
                for (String id : List.of("usage.forget-events", "usage.forget-minutes", "usage.forget-buckets")) {
                    producer.sendBody("direct:" + id, null);
                }
            }
        }
    }

    private static long count(TestDatabase database, String table) {
        return database.jdbc()
                .sql("select count(*) from " + table)
                .query(Long.class)
                .single();
    }

    private static void fillAll(TestDatabase database) {
        String event = "id, at, key_name, protocol, model, status, outcome, stream, input_tokens, cached_input_tokens,"
                + " cache_write_tokens, output_tokens, reasoning_tokens, estimated, attempts, duration_ms, upstream_ms";
        String rest = ", 'k', 'openai-chat', 'm', 200, 'ok', false, 1, 0, 0, 1, 0, false, 1, 1, 1";
        fill(database, "usage_event", event, "gen_random_uuid(), now() - interval '30 days 1 minute'" + rest);
        fill(database, "usage_event", event, "gen_random_uuid(), now() - interval '29 days'" + rest);
        String minute = "key_id, minute, model, provider, currency, key_name, calls, failures, estimated, input_tokens,"
                + " cached_input_tokens, cache_write_tokens, output_tokens, reasoning_tokens, cost_nanos";
        String sums = ", 'm', '', '', 'k', 1, 0, 0, 1, 0, 0, 1, 0, 0";
        fill(database, "usage_minute", minute, "gen_random_uuid(), now() - interval '400 days 1 minute'" + sums);
        fill(database, "usage_minute", minute, "gen_random_uuid(), now() - interval '399 days'" + sums);
        fill(
                database,
                "quota_bucket",
                "key_id, minute, tokens, spend",
                "gen_random_uuid(), now() - interval '26 hours 1 minute', 1, 0");
        fill(
                database,
                "quota_bucket",
                "key_id, minute, tokens, spend",
                "gen_random_uuid(), now() - interval '25 hours 59 minutes', 1, 0");
    }

    @Test
    void whatIsOldGoesInChunksAndTheRestStays() throws Exception {
        try (var database = TestDatabase.fresh()) {
            fillAll(database);
            run(database);
            for (String table : List.of("usage_event", "usage_minute", "quota_bucket")) {
                assertThat(count(database, table)).as(table).isEqualTo(OLD);
            }
        }
    }

    @Test
    void oneReplicaAtATimeDeletesAndTheOthersDoNotWait() throws Exception {
        try (var database = TestDatabase.fresh();
                var other = database.dataSource().getConnection()) {
            fillAll(database);
            other.setAutoCommit(false);
            try (var turn = other.createStatement()) {
                turn.execute("select retention_turn()");
                run(database);
            }
            assertThat(count(database, "usage_event")).isEqualTo(2L * OLD);
            other.rollback();
            run(database);
            assertThat(count(database, "usage_event")).isEqualTo(OLD);
        }
    }

    @Test
    void anythingBelowADayIsRefused() {
        assertThatThrownBy(() -> new UsageProperties(Duration.ofHours(1), Duration.ofDays(1)))
                .hasMessageContaining("serai.usage.keep-events");
    }
}
