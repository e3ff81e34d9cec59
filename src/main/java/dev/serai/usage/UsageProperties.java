package dev.serai.usage;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long usage is kept; neither may be below a day.
 *
 * @param keepEvents one row a call
 * @param keepMinutes one row for each minute, key, model and provider that were in use
 */
@ConfigurationProperties(prefix = "serai.usage", ignoreUnknownFields = false)
public record UsageProperties(
        @DefaultValue("30d") Duration keepEvents,
        @DefaultValue("400d") Duration keepMinutes) {

    /** What a journal brings late must still be known; a longer time than ten years is a slip of the pen. */
    private static final Duration LEAST = Duration.ofDays(1);

    private static final Duration MOST = Duration.ofDays(3_653);

    public UsageProperties {
        check("serai.usage.keep-events", keepEvents);
        check("serai.usage.keep-minutes", keepMinutes);
    }

    private static void check(String name, Duration time) {
        if (time.compareTo(LEAST) < 0 || time.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(name + " must be between 1d and 3653d");
        }
    }
}
