package dev.serai.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-28T12:00:00Z",
                "2026-11-28T12:00:00.000z",
                "2026-11-28T12:00:00",
                "2026-11-28 12:00:00",
                "2026-11-28T12:00",
                "2026-11-28T14:00:00+02:00",
                "2026-11-28T14:00:00+02",
                "2026-11-28T14:00:00+0200",
                "2026-11-28T06:30:00-05:30",
                " 2026-11-28T12:00:00Z "
            })
    void everyOffsetNamesTheSameInstant(String text) {
        assertThat(IsoTime.parse(text)).contains(Instant.parse("2026-11-28T12:00:00Z"));
    }

    @Test
    void aDayIsItsFirstInstantInUtc() {
        assertThat(IsoTime.parse("2026-11-28")).contains(Instant.parse("2026-11-28T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "2026-02-30",
                "2026-11-28T25:00:00Z",
                "28.11.2026",
                "1764331200",
                "2026-11-28T12:00:00+99:00"
            })
    void anythingElseIsNone(String text) {
        assertThat(IsoTime.parse(text)).isEmpty();
    }
}
