package dev.serai.provider;

import dev.serai.provider.UpstreamReply.Headers;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How long an upstream asks to wait: {@code retry-after-ms}, {@code retry-after} (seconds or an HTTP date), the
 * {@code x-ratelimit-reset-*} family (durations such as {@code 6m0s}, seconds, or a moment), else a "try again in" of its
 * message. Never above one hour; null when nothing, nonsense or no wait is told.
 */
public final class RetryHint {

    /** The longest wait that is believed. */
    public static final Duration MAX = Duration.ofHours(1);

    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
    private static final BigDecimal EPOCH_SECONDS = BigDecimal.valueOf(1_000_000_000L);
    private static final BigDecimal EPOCH_MILLIS = BigDecimal.valueOf(1_000_000_000_000L);

    private RetryHint() {}

    /** What the answer's head, or else its message, tells. */
    public static @Nullable Duration of(Headers headers, @Nullable String message, Instant now) {
        var wait = number(headers.first("retry-after-ms"), BigDecimal.ONE);
        if (wait == null) {
            wait = retryAfter(headers.first("retry-after"), now);
        }
        if (wait == null) {
            wait = reset(headers, now);
        }
        return wait != null ? wait : inText(message);
    }

    private static @Nullable Duration retryAfter(@Nullable String value, Instant now) {
        if (value == null) {
            return null;
        }
        var seconds = number(value, THOUSAND);
        if (seconds != null || value.length() > 64) {
            return seconds;
        }
        try {
            var date = DateTimeFormatter.RFC_1123_DATE_TIME.parse(value.trim(), Instant::from);
            return bounded(Duration.between(now, date));
        } catch (DateTimeException notADate) {
            return spans(value.trim());
        }
    }

    /** The window that is used up, else the one that opens first. */
    private static @Nullable Duration reset(Headers headers, Instant now) {
        Duration first = null;
        for (var window : new String[] {"-requests", "-tokens", ""}) {
            var wait = moment(headers.first("x-ratelimit-reset" + window), now);
            if (wait == null) {
                continue;
            }
            if ("0".equals(headers.first("x-ratelimit-remaining" + window))) {
                return wait;
            }
            first = first == null || wait.compareTo(first) < 0 ? wait : first;
        }
        return first;
    }

    private static @Nullable Duration moment(@Nullable String value, Instant now) {
        var number = decimal(value);
        if (value == null || number == null) {
            return value == null ? null : spans(value.trim());
        }
        if (number.compareTo(EPOCH_SECONDS) < 0) {
            return number(value, THOUSAND);
        }
        var millis = number.compareTo(EPOCH_MILLIS) < 0 ? number.multiply(THOUSAND) : number;
        return millis.precision() - millis.scale() > 16
                ? null
                : bounded(Duration.between(now, Instant.ofEpochMilli(millis.longValue())));
    }

    private static @Nullable Duration inText(@Nullable String message) {
        if (message == null) {
            return null;
        }
        var text = message.length() > 2000 ? message.substring(0, 2000) : message;
        var folded = text.toLowerCase(Locale.ROOT);
        for (var lead : new String[] {"try again in ", "retry in ", "retry after "}) {
            int at = folded.indexOf(lead);
            if (at >= 0) {
                return spans(folded.substring(at + lead.length()));
            }
        }
        return null;
    }

    private static @Nullable Duration number(@Nullable String value, BigDecimal millisEach) {
        var number = decimal(value);
        if (number == null) {
            return null;
        }
        var millis = number.multiply(millisEach).min(BigDecimal.valueOf(MAX.toMillis()));
        return bounded(Duration.ofMillis(millis.longValue()));
    }

    private static @Nullable BigDecimal decimal(@Nullable String value) {
        var text = value == null ? "" : value.trim();
        if (text.isEmpty() || text.length() > 32 || !text.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.')) {
            return null;
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    /** Spans at the text's beginning, such as {@code 1h2m3.5s}, {@code 120ms} or {@code 20 seconds}; the rest is ignored. */
    private static @Nullable Duration spans(String text) {
        double millis = 0;
        boolean any = false;
        int at = 0;
        while (at < text.length()) {
            int unit = at;
            while (unit < text.length() && (Character.isDigit(text.charAt(unit)) || text.charAt(unit) == '.')) {
                unit++;
            }
            var number = decimal(text.substring(at, unit));
            int end = unit < text.length() && text.charAt(unit) == ' ' && !any ? unit + 1 : unit;
            int each = millisOf(text, end);
            if (number == null || each == 0) {
                break;
            }
            any = true;
            millis += number.doubleValue() * each;
            at = end + (text.startsWith("ms", end) ? 2 : 1);
        }
        return any ? bounded(Duration.ofMillis(Math.min((long) millis, MAX.toMillis()))) : null;
    }

    private static int millisOf(String text, int at) {
        if (text.startsWith("ms", at)) {
            return 1;
        }
        return switch (at < text.length() ? text.charAt(at) : ' ') {
            case 's' -> 1000;
            case 'm' -> 60_000;
            case 'h' -> 3_600_000;
            case 'd' -> 86_400_000;
            default -> 0;
        };
    }

    private static @Nullable Duration bounded(Duration wait) {
        if (wait.isZero() || wait.isNegative()) {
            return null;
        }
        return wait.compareTo(MAX) > 0 ? MAX : wait;
    }
}
