package dev.serai.provider.zaiweb;

/** A text that grows: line breaks at its start are dropped, those at its end held back until something follows. */
final class HeldText {

    private final StringBuilder text;
    private final StringBuilder breaks;
    private boolean paragraph;

    HeldText() {
        text = new StringBuilder();
        breaks = new StringBuilder();
    }

    HeldText(HeldText other) {
        text = new StringBuilder(other.text);
        breaks = new StringBuilder(other.breaks);
        paragraph = other.paragraph;
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

    /** The text so far; always the same object, and only ever longer. */
    StringBuilder text() {
        return text;
    }
}
