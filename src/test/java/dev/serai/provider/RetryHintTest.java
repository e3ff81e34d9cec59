package dev.serai.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryHintTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retry-after | 7 | 7000",
                "retry-after | 1.5 | 1500",
                "retry-after | Mon, 03 Aug 2026 12:00:30 GMT | 30000",
                "retry-after | 86400 | 3600000",
                "retry-after | 99999999999999999999999 | 3600000",
                "retry-after | Mon, 03 Aug 2099 12:00:30 GMT | 3600000",
                "retry-after | 20s | 20000",
                "retry-after-ms | 120 | 120",
                "x-ratelimit-reset-requests | 6m0s | 360000",
                "x-ratelimit-reset-tokens | 120ms | 120",
                "x-ratelimit-reset-tokens | 1h2m3.5s | 3600000",
                "x-ratelimit-reset-tokens | 2m3.5s | 123500",
                "x-ratelimit-reset | 12 | 12000",
                "x-ratelimit-reset | 1785758430 | 30000",
                "x-ratelimit-reset | 1785758430000 | 30000"
            })
    void everyFormOfAWaitIsUnderstood(String header, String value, long millis) {
        assertThat(RetryHint.of(Map.of(header, value)::get, null, Replies.NOW)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "-5", "NaN", "1e9", "soon", "", "Mon, 03 Aug 2020 12:00:30 GMT", "١٢", "1.2.3", "s", "."})
    void nonsenseIsNoWait(String value) {
        assertThat(RetryHint.of(Map.of("retry-after", value)::get, null, Replies.NOW))
                .isNull();
    }

    @Test
    void theVendorsMillisecondsComeFirst() {
        var headers = Map.of("retry-after-ms", "250", "retry-after", "1", "x-ratelimit-reset-tokens", "9s");
        assertThat(RetryHint.of(headers::get, "try again in 3s", Replies.NOW)).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void theUsedUpWindowCountsElseTheFirstToOpen() {
        var both = Map.of("x-ratelimit-reset-requests", "6m0s", "x-ratelimit-reset-tokens", "2s");
        assertThat(RetryHint.of(both::get, null, Replies.NOW)).isEqualTo(Duration.ofSeconds(2));
        var used = Map.of(
                "x-ratelimit-reset-requests",
                "6m0s",
                "x-ratelimit-reset-tokens",
                "2s",
                "x-ratelimit-remaining-requests",
                "0");
        assertThat(RetryHint.of(used::get, null, Replies.NOW)).isEqualTo(Duration.ofMinutes(6));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Rate limit reached. Please try again in 1.2s. Visit | 1200",
                "Please try again in 6ms. | 6",
                "Please retry in 32.5s. | 32500",
                "Try again in 20 seconds. | 20000",
                "try again in 1m2s | 62000"
            })
    void theMessageIsTheLastToBeAsked(String message, long millis) {
        assertThat(RetryHint.of(name -> null, message, Replies.NOW)).isEqualTo(Duration.ofMillis(millis));
        assertThat(RetryHint.of(name -> null, "try again in a while", Replies.NOW))
                .isNull();
    }
}
