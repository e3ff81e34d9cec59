package dev.serai.provider.zaiweb;

import dev.serai.upstream.SideExchange;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the home page tells.
 *
 * @param version of the front end, or {@code ""} when it tells none
 * @param skew how far the upstream's clock is ahead of the gateway's; zero when they agree well enough
 */
record HomePage(String version, Duration skew) {

    private static final Pattern VERSION = Pattern.compile("prod-fe-\\d+\\.\\d+\\.\\d+");

    /** What a date in whole seconds, and the way it came, may be wrong by. */
    private static final Duration TOLERATED = Duration.ofSeconds(10);

    static HomePage of(SideExchange.Reply reply, Instant now) {
        var found = VERSION.matcher(new String(reply.body(), StandardCharsets.UTF_8));
        var skew = skew(reply.headers().first("date"), now);
        return new HomePage(found.find() ? found.group() : "", differ(skew, Duration.ZERO) ? skew : Duration.ZERO);
    }

    /** Whether two clocks are so far apart that it matters. */
    static boolean differ(Duration one, Duration other) {
        return one.minus(other).abs().compareTo(TOLERATED) > 0;
    }

    private static Duration skew(@Nullable String date, Instant now) {
        if (date == null) {
            return Duration.ZERO;
        }
        try {
            return Duration.between(
                    now,
                    ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException unreadable) {
            return Duration.ZERO;
        }
    }
}
