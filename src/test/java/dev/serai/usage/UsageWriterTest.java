package dev.serai.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testkit.TestClock;
import dev.serai.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

class UsageWriterTest {

    private static TestDatabase database;
    private static UsageEventRepository repository;

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private final List<UsageEvent> told = new ArrayList<>();
    private JdbcClient jdbc;

    @BeforeAll
    static void create() {
        database = TestDatabase.fresh();
        repository = repository(database.dataSource());
    }

    static UsageEventRepository repository(javax.sql.DataSource source) {
        return new UsageEventRepository(new NamedParameterJdbcTemplate(source));
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    @BeforeEach
    void clear() {
        jdbc = database.jdbc();
        jdbc.sql("truncate usage_event, usage_minute, quota_bucket, quota_account, api_key")
                .update();
    }

    private UsageJournal journal() {
        return new UsageJournal(folder, 64 << 20, 1 << 20);
    }

    private UsageWriter writer(UsageJournal journal, Function<List<UsageEvent>, List<UsageEvent>> target) {
        return new UsageWriter(journal, target, told::addAll, List.of(), clock);
    }

    private long rows() {
        return jdbc.sql("select count(*) from usage_event").query(Long.class).single();
    }

    private UUID key() {
        UUID id = UUID.randomUUID();
        jdbc.sql("""
                        insert into api_key (id, digest, pepper_id, display_prefix, display_last_four, name)
                        values (:id, sha256(cast(:text as bytea)), 'p', 'pk_abcd', 'wxyz', 'a key')
                        """).param("id", id).param("text", id.toString()).update();
        return id;
    }

    @Test
    void everyPartOfAnEventHasItsColumn() {
        UUID key = key();
        UsageEvent event = Events.event(key, 30, 12);
        try (UsageJournal journal = journal()) {
            journal.append(event);
            writer(journal, repository::write).flush();
        }
        String row = jdbc.sql(
                        "select to_jsonb(u) - 'id' - 'key_id' - 'settled_at' from usage_event u where id = ? and key_id = ?")
                .params(event.id(), key)
                .query(String.class)
                .single();
        assertThat(row)
                .isEqualTo("{\"at\": \"2026-11-21T12:00:00.123456+00:00\", \"model\": \"glm-4.7\", \"status\": 200,"
                        + " \"stream\": true, \"outcome\": \"finished\", \"attempts\": 2, \"currency\": \"USD\", \"key_name\": \"a key\","
                        + " \"protocol\": \"openai-chat\", \"provider\": \"zhipu\", \"estimated\": false, \"cost_nanos\": 1234567,"
                        + " \"duration_ms\": 1234, \"upstream_ms\": 1200, \"input_tokens\": 30,"
                        + " \"output_tokens\": 12, \"upstream_model\": \"glm-4.7-air\", \"first_content_ms\": 345,"
                        + " \"reasoning_tokens\": 7, \"cache_write_tokens\": 1, \"cached_input_tokens\": 5}");
        assertThat(told).containsExactly(event);
    }

    @Test
    void crashBetweenCommitAndDeleteCountsNothingTwice() throws Exception {
        UUID key = key();
        Path kept = folder.resolveSibling("kept-" + folder.getFileName());
        try (UsageJournal journal = journal()) {
            for (int i = 0; i < 1_200; i++) {
                journal.append(Events.event(key, 2, 1));
            }
            Path segment = journal.seal().getFirst();
            Files.copy(segment, kept);
            writer(journal, repository::write).flush();
            assertThat(segment).doesNotExist();
            Files.move(kept, segment);
        }
        try (UsageJournal journal = journal()) {
            writer(journal, repository::write).flush();
            assertThat(journal.seal()).isEmpty();
        }
        assertThat(rows()).isEqualTo(1_200);
        assertThat(told).hasSize(1_200);
        assertThat(jdbc.sql("select lifetime_tokens || ' ' || (last_used_at = ?) from api_key")
                        .param(Events.AT.atOffset(java.time.ZoneOffset.UTC))
                        .query(String.class)
                        .single())
                .isEqualTo("3600 true");
    }

    @Test
    void databaseThatIsAwayIsTriedInGrowingPausesAndNothingIsLost() {
        List<Duration> tries = new ArrayList<>();
        var begin = clock.instant();
        try (UsageJournal journal = journal()) {
            UsageWriter writer = writer(journal, events -> {
                tries.add(Duration.between(begin, clock.instant()));
                throw new DataAccessResourceFailureException("away");
            });
            journal.append(Events.event());
            for (int i = 0; i < 200; i++) {
                writer.flush();
                clock.pass(Duration.ofMillis(100));
            }
            assertThat(tries)
                    .extracting(Duration::toMillis)
                    .containsExactly(0L, 500L, 1_500L, 3_500L, 7_500L, 11_500L, 15_500L, 19_500L);
            clock.pass(Duration.ofSeconds(4));
            writer(journal, repository::write).flush();
            assertThat(rows()).isOne();
        }
    }

    @Test
    void eventThatDoesNotFitHoldsUpNoOther() {
        UsageEvent odd = Events.event();
        try (UsageJournal journal = journal()) {
            journal.append(Events.event());
            journal.append(odd);
            journal.append(Events.event());
            writer(journal, events -> {
                        if (events.contains(odd)) {
                            throw new DataIntegrityViolationException("odd");
                        }
                        return repository.write(events);
                    })
                    .flush();
            assertThat(rows()).isEqualTo(2);
            assertThat(told).hasSize(2);
        }
    }

    @Test
    void closeWritesWhatIsLeft() {
        try (UsageJournal journal = journal()) {
            journal.append(Events.event());
            writer(journal, repository::write).close();
            assertThat(rows()).isOne();
        }
    }

    @Test
    void eventOfADeletedKeyOrOfNobodyIsKept() {
        try (UsageJournal journal = journal()) {
            journal.append(Events.event(UUID.randomUUID(), 1, 1));
            journal.append(Events.event());
            writer(journal, repository::write).flush();
            assertThat(rows()).isEqualTo(2);
        }
    }
}
