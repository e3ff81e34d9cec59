package dev.serai.provider.zaiweb;

/** A text that grows: line breaks at its start are dropped, those at its end held back until something follows. */
final class HeldText {

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder breaks = new StringBuilder();
    private boolean paragraph;

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
