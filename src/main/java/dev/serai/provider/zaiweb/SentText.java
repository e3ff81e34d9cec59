package dev.serai.provider.zaiweb;

/**
 * How much of a text, which may be rewritten, a caller has been sent, who can only be sent more. After a rewrite of up to
 * {@value #SHOWN_AGAIN} characters the text is sent again from the first difference; after a longer one only what lies
 * beyond its former length.
 */
final class SentText {

    private static final int SHOWN_AGAIN = 32;

    private final StringBuilder sent = new StringBuilder();
    private int rewrites;

    /**
     * What is to be sent, perhaps nothing.
     *
     * @param text the text now
     * @param kept how much of its start is known to be as it was the last time
     */
    String next(StringBuilder text, int kept) {
        int same = same(text, kept);
        int from = same == sent.length() ? same : rewritten(text, same);
        int end = end(text);
        sent.setLength(Math.min(same, end));
        sent.append(text, sent.length(), end);
        return from < end ? text.substring(from, end) : "";
    }

    /** How often what had been sent was rewritten. */
    int rewrites() {
        return rewrites;
    }

    private int same(StringBuilder text, int kept) {
        int most = Math.min(sent.length(), text.length());
        int same = Math.min(kept, most);
        while (same < most && sent.charAt(same) == text.charAt(same)) {
            same++;
        }
        return same;
    }

    /** From where on a rewritten text is sent. */
    private int rewritten(StringBuilder text, int same) {
        rewrites++;
        int from = same > 0 && Character.isHighSurrogate(sent.charAt(same - 1)) ? same - 1 : same;
        int lost = sent.codePointCount(from, sent.length());
        return lost <= SHOWN_AGAIN ? from : beyond(text, from, lost);
    }

    private static int beyond(StringBuilder text, int from, int codePoints) {
        return codePoints >= text.codePointCount(from, text.length())
                ? text.length()
                : text.offsetByCodePoints(from, codePoints);
    }

    /** Half a character waits for its other half. */
    private static int end(StringBuilder text) {
        int length = text.length();
        return length > 0 && Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    }
}
