package dev.serai.provider.gemini;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** Google's quotas of a day begin anew at midnight in California. */
final class PacificDay {

    private static final ZoneId PACIFIC = ZoneId.of("America/Los_Angeles");

    private PacificDay() {}

    /** From now until the next midnight. */
    static Duration rest(Instant now) {
        return Duration.between(
                now, LocalDate.ofInstant(now, PACIFIC).plusDays(1).atStartOfDay(PACIFIC));
    }
}
