package dev.serai.provider.zaiweb;

import org.jspecify.annotations.Nullable;

/**
 * How much of a text, which may be rewritten, a caller has been sent, who can only be sent more. After a rewrite of up to
 * {@value #SHOWN_AGAIN} characters the text is sent again from the first difference; after a longer one only what lies
 * beyond its former length.
 */
final class SentText {

    private static final int SHOWN_AGAIN = 32;

    private @Nullable StringBuilder last;
    private int sent;
    private int rewrites;

    /** @param text the text now: the same object as before when it has only grown. @return what is to be sent, perhaps nothing */
    String next(StringBuilder text) {
        int from = text == last || last == null ? sent : from(last, text);
        int end = end(text);
        last = text;
        sent = end;
        return from < end ? text.substring(from, end) : "";
    }

    /** How often what had been sent was rewritten. */
    int rewrites() {
        return rewrites;
    }

    private int from(StringBuilder before, StringBuilder text) {
        int same = 0;
        int most = Math.min(sent, text.length());
        while (same < most && before.charAt(same) == text.charAt(same)) {
            same++;
        }
        if (same == sent) {
            return sent;
        }
        rewrites++;
        if (same > 0 && Character.isHighSurrogate(before.charAt(same - 1))) {
            same--;
        }
        int lost = before.codePointCount(same, sent);
        return lost <= SHOWN_AGAIN ? same : beyond(text, before.codePointCount(0, sent));
    }

    private static int beyond(StringBuilder text, int codePoints) {
        return codePoints >= text.codePointCount(0, text.length())
                ? text.length()
                : text.offsetByCodePoints(0, codePoints);
    }

    /** Half a character waits for its other half. */
    private static int end(StringBuilder text) {
        int length = text.length();
        return length > 0 && Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    }
}
