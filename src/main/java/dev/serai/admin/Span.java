package dev.serai.admin;

import dev.serai.message.Refusal;
import org.jspecify.annotations.Nullable;

/** A part of a list. */
record Span(int limit, long offset) {

    private static final int USUAL = 50;
    private static final int MOST = 1_000;
    private static final String DIGITS = "[0-9]{1,18}";

    static Span of(@Nullable String limit, @Nullable String offset) {
        return new Span(limit(limit), offset(offset));
    }

    private static int limit(@Nullable String text) {
        long limit = text == null ? USUAL : number(text);
        if (limit < 1 || limit > MOST) {
            throw Refusal.invalid("limit", "Limit must be between 1 and " + MOST);
        }
        return (int) limit;
    }

    private static long offset(@Nullable String text) {
        long offset = text == null ? 0 : number(text);
        if (offset < 0) {
            throw Refusal.invalid("offset", "Offset must be a non-negative number");
        }
        return offset;
    }

    private static long number(String text) {
        return text.matches(DIGITS) ? Long.parseLong(text) : -1;
    }
}
