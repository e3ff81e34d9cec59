package dev.serai.provider.zaiweb;

/** A text that grows: line breaks at its start are dropped, those at its end held back until something follows. */
final class HeldText {

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder breaks = new StringBuilder();
    private boolean paragraph;

    /** Where a text stood. */
    record Stand(int length, String breaks, boolean paragraph) {}

    Stand stand() {
        return new Stand(text.length(), breaks.toString(), paragraph);
    }

    /** Makes it what it was there, since when it has only grown. */
    void back(Stand to) {
        text.setLength(to.length);
        breaks.setLength(0);
        breaks.append(to.breaks);
        paragraph = to.paragraph;
    }

    static boolean isBreak(char c) {
        return c == '\n' || c == '\r';
    }

    void append(char c) {
        if (isBreak(c)) {
            if (!text.isEmpty() && !paragraph) {
                breaks.append(c);
            }
            return;
        }
        text.append(breaks).append(c);
        breaks.setLength(0);
        paragraph = false;
    }

    /** Something was left out here: with the line breaks that touch it, it is one paragraph break. */
    void leftOut() {
        if (!text.isEmpty()) {
            breaks.setLength(0);
            breaks.append("\n\n");
            paragraph = true;
        }
    }

    /** The text so far; always the same object. */
    StringBuilder text() {
        return text;
    }
}
