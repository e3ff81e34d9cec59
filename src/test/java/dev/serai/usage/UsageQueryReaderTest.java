package dev.serai.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.message.Refusal;
import dev.serai.testkit.FakeHead;
import dev.serai.usage.UsageQuery.By;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageQueryReaderTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:30Z");

    private static UsageQuery read(Map<String, String> query) {
        return UsageQueryReader.statistics(new FakeHead("/admin/stats", Map.of(), Map.of(), query), NOW);
    }

    @Test
    void withoutAWordItIsTheLastDayByKey() {
        var query = read(Map.of());
        assertThat(query.to()).isEqualTo("2026-11-28T12:01:00Z");
        assertThat(query.from()).isEqualTo("2026-11-27T12:01:00Z");
        assertThat(query.by()).isEqualTo(By.KEY);
    }

    @Test
    void timesMayHaveAZoneOrBeDates() {
        var query = read(Map.of("from", "2026-11-01", "to", "2026-11-02T02:00:00 02:00", "by", "hour"));
        assertThat(query.from()).isEqualTo("2026-11-01T00:00:00Z");
        assertThat(query.to()).isEqualTo("2026-11-02T00:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "from, yesterday",
        "to, +1000000-01-01T00:00:00Z",
        "from, 2026-12-24",
        "from, 2001-01-01",
        "by, weather",
        "keyId, 17",
        "from, 2026-13-01"
    })
    void whatIsNotUnderstoodIsRefusedByItsName(String name, String value) {
        assertThatThrownBy(() -> read(Map.of(name, value)))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.failure().param()).isEqualTo(name));
    }

    @Test
    void aMonthOfMinutesIsTooMuch() {
        assertThatThrownBy(() -> read(Map.of("from", "2026-11-01", "by", "minute")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("7 days");
    }
}
