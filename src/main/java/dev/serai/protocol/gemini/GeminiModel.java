package dev.serai.protocol.gemini;

import java.util.Locale;

/**
 * What a model's name tells of its abilities. A name that is none of Google's is taken for a model of the newest
 * generation, but it is not given what only Google's own need.
 *
 * @param known the name is one of Google's
 * @param major the generation; {@value #NEWEST} for the newest
 * @param minor such as 5 in 2.5
 * @param pro the large model of its generation, which cannot stop thinking
 * @param flash the small ones
 */
record GeminiModel(boolean known, int major, int minor, boolean pro, boolean flash) {

    private static final int NEWEST = 99;
    private static final String PREFIX = "gemini-";

    /** How a model is told how hard to think. */
    enum Thinking {
        LEVEL,
        BUDGET,
        NONE
    }

    static GeminiModel of(String name) {
        String folded = name.toLowerCase(Locale.ROOT);
        String plain = folded.substring(folded.lastIndexOf('/') + 1);
        boolean pro = plain.contains("-pro");
        boolean flash = plain.contains("flash");
        if (!plain.startsWith(PREFIX)) {
            return new GeminiModel(false, NEWEST, 0, pro, flash);
        }
        int major = digit(plain, PREFIX.length());
        int minor = plain.startsWith(".", PREFIX.length() + 1) ? digit(plain, PREFIX.length() + 2) : 0;
        return major < 0
                ? new GeminiModel(true, NEWEST, 0, pro, flash)
                : new GeminiModel(true, major, Math.max(0, minor), pro, flash);
    }

    private static int digit(String text, int at) {
        return at < text.length() ? Character.digit(text.charAt(at), 10) : -1;
    }

    Thinking thinking() {
        if (major >= 3) {
            return Thinking.LEVEL;
        }
        return major == 2 && minor >= 5 ? Thinking.BUDGET : Thinking.NONE;
    }

    /** Whether schemas may be given as JSON schemas. */
    boolean takesJsonSchema() {
        return thinking() != Thinking.NONE;
    }

    /** Whether the first call of a step is refused without a seal. */
    boolean needsSeals() {
        return known && major >= 3;
    }

    /** Whether it may be told of one picture how closely to look. */
    boolean takesResolutions() {
        return known && major >= 3;
    }

    /** Whether media may stand inside of a function's response, and a form of the answer beside functions. */
    boolean third() {
        return major >= 3;
    }
}
