package dev.serai.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testkit.TestDatabase;
import dev.serai.usage.UsageQuery.By;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sums and rows of usage against the rows they are made of. */
class UsageStatisticsTest {

    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final int MINUTES = 1_100;
    private static final UUID ONE = UUID.fromString("00000000-0000-4000-8000-000000000001");

    private static final TestDatabase DATABASE = TestDatabase.fresh();

    /** Each minute has a priced and an unpriced row of one key, and one in euros of another. */
    @BeforeAll
    static void fill() {
        DATABASE.jdbc()
                .sql("""
                insert into usage_minute
                select cast(k as uuid), cast(:start as timestamptz) + n * interval '1 minute', model, provider, currency,
                       '=key', 2, 1, 1, 10, 4, 1, 5, 2, cost
                  from generate_series(0, :last) n,
                       (values ('00000000-0000-4000-8000-000000000001', 'glm', 'zhipu', 'USD', 1500000000),
                               ('00000000-0000-4000-8000-000000000001', 'free', 'openai', '', 0),
                               ('00000000-0000-4000-8000-000000000002', 'glm', 'zhipu', 'EUR', 1)) v(k, model, provider, currency, cost)
                """)
                .param("start", START.toString())
                .param("last", MINUTES - 1)
                .update();
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    private static UsageQuery query(By by, @Nullable UUID key, @Nullable String model) {
        return new UsageQuery(START, START.plusSeconds(60L * MINUTES), by, key, model, null);
    }

    private static List<UsageSum> sums(UsageQuery query) {
        return new UsageStatisticsRepository(DATABASE.jdbc()).of(query);
    }

    @ParameterizedTest
    @EnumSource(By.class)
    void groupsAddUpToTheTotalHoweverTheyAreMade(By by) {
        var sums = sums(query(by, null, null));
        var total = sums.getFirst();
        assertThat(total.group()).isNull();
        assertThat(total.calls()).isEqualByComparingTo(String.valueOf(6 * MINUTES));
        assertThat(total.costNanos().get("USD")).isEqualByComparingTo("1650000000000");
        assertThat(total.costNanos().get("EUR")).isEqualByComparingTo(String.valueOf(MINUTES));
        assertThat(total.costNanos()).hasSize(2);
        assertThat(sums.stream()
                        .skip(1)
                        .mapToLong(sum -> sum.inputTokens().longValue())
                        .sum())
                .isEqualTo(30L * MINUTES);
        assertThat(sums)
                .hasSize(1
                        + switch (by) {
                            case KEY, MODEL, PROVIDER -> 2;
                            case MINUTE -> MINUTES;
                            case HOUR -> 19;
                            case DAY -> 1;
                        });
    }

    @Test
    void onlyWhatWasAskedForCounts() {
        var sums = sums(query(By.MODEL, ONE, "free"));
        assertThat(sums).hasSize(2);
        assertThat(sums.get(1).group()).isEqualTo("free");
        assertThat(sums.get(1).costNanos()).isEmpty();
        assertThat(sums(query(By.DAY, UUID.randomUUID(), null))).isEmpty();
        assertThat(UsageStatisticsShape.of(query(By.DAY, null, null), List.of())
                        .path("totals")
                        .path("calls")
                        .asInt(-1))
                .isZero();
    }

    @Test
    void pagesHoldEveryRowOnce() {
        var repository = new UsageRowRepository(DATABASE.jdbc());
        var all = new ArrayList<UsageRow>();
        List<UsageRow> page;
        do {
            page = repository.page(query(By.MINUTE, null, null), all.isEmpty() ? null : all.getLast());
            assertThat(page.size()).isLessThanOrEqualTo(UsageRowRepository.PAGE);
            all.addAll(page);
        } while (page.size() == UsageRowRepository.PAGE);
        assertThat(all).hasSize(3 * MINUTES).doesNotHaveDuplicates();
    }

    @Test
    void noSpreadsheetComputesACell() {
        assertThat(UsageCsvStream.cell("=1+1")).isEqualTo("'=1+1");
        assertThat(UsageCsvStream.cell("@x,\"y\"")).isEqualTo("\"'@x,\"\"y\"\"\"");
        assertThat(UsageCsvStream.cell("two\r\nlines")).isEqualTo("\"two\r\nlines\"");
        assertThat(UsageCsvStream.cell("plain key")).isEqualTo("plain key");
        assertThat(UsageCsvStream.cell("")).isEmpty();
    }
}
