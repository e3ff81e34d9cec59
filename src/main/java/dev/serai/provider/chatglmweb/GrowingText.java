package dev.serai.provider.chatglmweb;

/** One text of an answer while frames tell it, piece by piece or ever longer. Never cuts a character in two. */
final class GrowingText {

    /** A frame's text that says at least so much again is taken for the whole so far, and not for a new piece. */
    private static final int TELLING = 4;

    /** So much of what was shown may be said anew; more would repeat an answer. */
    private static final int REPEATABLE = 32;

    private final StreamStyle style;
    private final StringBuilder text = new StringBuilder();

    GrowingText(StreamStyle style) {
        this.style = style;
    }

    /**
     * Takes what a frame says.
     *
     * @param finished the part is whole with this frame
     * @return what is to be shown beyond what was shown before, or {@code ""}
     */
    String take(String told, boolean finished) {
        if (told.isEmpty()) {
            return "";
        }
        if (text.isEmpty()) {
            text.append(told);
            return told;
        }
        int common = common(told);
        return finished ? last(told, common) : next(told, common);
    }

    private String last(String told, int common) {
        if (common == text.length()) {
            return grown(told);
        }
        if (told.length() < text.length()) {
            return style.get() == FrameStyle.DELTA ? appended(told) : "";
        }
        return rewritten(told, common);
    }

    private String next(String told, int common) {
        boolean repeats = common == text.length();
        if (style.get() == FrameStyle.AUTO) {
            if (!repeats) {
                style.is(FrameStyle.DELTA);
            } else if (told.length() > text.length() && text.codePointCount(0, text.length()) >= TELLING) {
                style.is(FrameStyle.CUMULATIVE);
            }
        }
        if (style.get() == FrameStyle.DELTA) {
            return appended(told);
        }
        return repeats ? grown(told) : rewritten(told, common);
    }

    private String appended(String told) {
        text.append(told);
        return told;
    }

    private String grown(String told) {
        String more = told.substring(text.length());
        text.append(more);
        return more;
    }

    /** What was shown stays shown: a short tail is said anew, of a long one only what is longer. */
    private String rewritten(String told, int common) {
        style.rewritten();
        int shown = text.codePointCount(0, text.length());
        int beyond = text.codePointCount(common, text.length());
        int length = told.codePointCount(0, told.length());
        String more = beyond <= REPEATABLE
                ? told.substring(common)
                : length > shown ? told.substring(told.offsetByCodePoints(0, shown)) : "";
        text.setLength(0);
        text.append(told);
        return more;
    }

    /** How long the beginning is that both share. */
    private int common(String told) {
        int most = Math.min(text.length(), told.length());
        int same = 0;
        while (same < most && text.charAt(same) == told.charAt(same)) {
            same++;
        }
        boolean cut = same > 0 && same < text.length() && Character.isHighSurrogate(text.charAt(same - 1));
        return cut ? same - 1 : same;
    }

    int length() {
        return text.length();
    }

    /** The text as last told. */
    @Override
    public String toString() {
        return text.toString();
    }
}
