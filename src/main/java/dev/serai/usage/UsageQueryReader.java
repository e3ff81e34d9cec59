package dev.serai.usage;

import dev.serai.message.Refusal;
import dev.serai.protocol.RequestHead;
import dev.serai.usage.UsageQuery.By;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what usage is asked for from a query string; refuses what it does not understand, by the parameter's name. */
final class UsageQueryReader {

    private static final Duration USUAL = Duration.ofHours(24);
    private static final Duration LONGEST = Duration.ofDays(400);
    private static final Duration LONGEST_BY_MINUTE = Duration.ofDays(7);
    private static final int LONGEST_TEXT = 255;
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

    private UsageQueryReader() {}

    /** Of the statistics: with {@code by}, and a span that has not too many groups. */
    static UsageQuery statistics(RequestHead head, Instant now) {
        var by = by(value(head, "by"));
        return query(head, now, by, by == By.MINUTE ? LONGEST_BY_MINUTE : LONGEST);
    }

    /** Of the rows behind them. */
    static UsageQuery rows(RequestHead head, Instant now) {
        return query(head, now, By.MINUTE, LONGEST);
    }

    private static UsageQuery query(RequestHead head, Instant now, By by, Duration longest) {
        var end = time("to", value(head, "to"));
        var to = up(end == null ? now : end);
        var start = time("from", value(head, "from"));
        var from = (start == null ? to.minus(USUAL) : start).truncatedTo(ChronoUnit.MINUTES);
        if (!from.isBefore(to)) {
            throw Refusal.invalid("from", "from must be before to.");
        }
        if (Duration.between(from, to).compareTo(longest) > 0) {
            throw Refusal.invalid("from", "from and to may be " + longest.toDays() + " days apart at most.");
        }
        return new UsageQuery(from, to, by, id(value(head, "keyId")), text(head, "model"), text(head, "provider"));
    }

    /** To the end of the minute that has begun. */
    private static Instant up(Instant time) {
        var minute = time.truncatedTo(ChronoUnit.MINUTES);
        return minute.equals(time) ? minute : minute.plus(1, ChronoUnit.MINUTES);
    }

    private static @Nullable String value(RequestHead head, String name) {
        var values = head.query(name);
        if (values.size() > 1) {
            throw Refusal.invalid(name, name + " is given more than once.");
        }
        return values.isEmpty() || values.getFirst().isEmpty() ? null : values.getFirst();
    }

    private static @Nullable String text(RequestHead head, String name) {
        var text = value(head, name);
        if (text != null && (text.length() > LONGEST_TEXT || text.indexOf('\0') >= 0)) {
            throw Refusal.invalid(name, name + " must have at most " + LONGEST_TEXT + " characters.");
        }
        return text;
    }

    private static By by(@Nullable String word) {
        if (word == null) {
            return By.KEY;
        }
        return Arrays.stream(By.values())
                .filter(by -> word(by).equals(word))
                .findFirst()
                .orElseThrow(() -> Refusal.invalid("by", "by must be one of " + words() + "."));
    }

    private static String word(By by) {
        return by.name().toLowerCase(Locale.ROOT);
    }

    private static String words() {
        return Arrays.stream(By.values()).map(UsageQueryReader::word).collect(Collectors.joining(", "));
    }

    private static @Nullable UUID id(@Nullable String text) {
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException malformed) {
            throw Refusal.invalid("keyId", "keyId must be the id of a key.");
        }
    }

    /** A date is its first moment in UTC. A plus that was not encoded has become a space. */
    private static @Nullable Instant time(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            var time = text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
            if (time.isAfter(FIRST) && time.isBefore(LAST)) {
                return time;
            }
        } catch (DateTimeException malformed) {
            // told below
        }
        throw Refusal.invalid(name, name + " must be a time such as 2026-11-28T12:00:00Z, or a date.");
    }
}
