package dev.serai.routing.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @Test
    void lengthsAreRead() {
        assertThat(Durations.parse("500ms")).contains(Duration.ofMillis(500));
        assertThat(Durations.parse("10s")).contains(Duration.ofSeconds(10));
        assertThat(Durations.parse(" 2m ")).contains(Duration.ofMinutes(2));
        assertThat(Durations.parse("24h")).contains(Duration.ofDays(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "0s", "-1s", "1.5s", "10 s", "1d", "25h", "99999999999s", "PT10S"})
    void everythingElseIsNone(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }
}
