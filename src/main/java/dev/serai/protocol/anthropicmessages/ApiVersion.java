package dev.serai.protocol.anthropicmessages;

import dev.serai.message.Refusal;
import dev.serai.protocol.RequestHead;

/**
 * The API version that a request names in {@value #HEADER}. Any date is taken and passed on; from {@value #STRICT} on the
 * vendor refuses what it bore before.
 */
record ApiVersion(String date) {

    static final String HEADER = "anthropic-version";

    /** What a request that names none is taken for. */
    static final String FIRST = "2023-06-01";

    private static final String STRICT = "2026-10-21";
    private static final String SHAPE = "dddd-dd-dd";

    /** @throws Refusal when the header is no date */
    static ApiVersion of(RequestHead head) {
        String date = head.header(HEADER);
        if (date == null || date.isBlank()) {
            return new ApiVersion(FIRST);
        }
        if (!isDate(date.strip())) {
            throw Refusal.invalid(HEADER, HEADER + ": a date such as " + FIRST + " is expected");
        }
        return new ApiVersion(date.strip());
    }

    boolean strict() {
        return date.compareTo(STRICT) >= 0;
    }

    private static boolean isDate(String text) {
        boolean fits = text.length() == SHAPE.length();
        for (int i = 0; fits && i < SHAPE.length(); i++) {
            char c = text.charAt(i);
            fits = SHAPE.charAt(i) == 'd' ? c >= '0' && c <= '9' : c == SHAPE.charAt(i);
        }
        return fits;
    }
}
