package dev.serai.provider.zhipu;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** When a used-up window of Zhipu opens again: told in the error's text as {@code YYYY-MM-DD HH:mm:ss}, Beijing time. */
final class ZhipuReset {

    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
    private static final Duration LONGEST = Duration.ofDays(31);
    private static final String SHAPE = "dddd-dd-dd dd:dd:dd";
    private static final int DAILY_CAP = 1304;

    private ZhipuReset() {}

    /** From now until the reset; null when none is told. */
    static @Nullable Duration in(int code, @Nullable String message, Instant now) {
        var told = message == null ? null : find(message);
        if (told == null && code == DAILY_CAP) {
            told = LocalDate.ofInstant(now, BEIJING).plusDays(1).atStartOfDay();
        }
        if (told == null) {
            return null;
        }
        var wait = Duration.between(now, told.toInstant(BEIJING));
        if (wait.isZero() || wait.isNegative()) {
            return null;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    private static @Nullable LocalDateTime find(String text) {
        for (int at = 0; at + SHAPE.length() <= Math.min(text.length(), 2000); at++) {
            if (shaped(text, at)) {
                try {
                    return LocalDateTime.parse(
                            text.substring(at, at + SHAPE.length()).replace(' ', 'T'));
                } catch (DateTimeException noSuchDay) {
                    return null;
                }
            }
        }
        return null;
    }

    private static boolean shaped(String text, int at) {
        for (int i = 0; i < SHAPE.length(); i++) {
            char c = text.charAt(at + i);
            boolean fits =
                    SHAPE.charAt(i) == 'd' ? c >= '0' && c <= '9' : c == SHAPE.charAt(i) || (i == 10 && c == 'T');
            if (!fits) {
                return false;
            }
        }
        return true;
    }
}
