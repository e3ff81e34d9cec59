package dev.serai.provider.zaiweb;

/** Reasoning as its block holds it: each line is quoted, and the line of a summary is none of it. */
final class QuotedText {

    private final HeldText text = new HeldText();
    private boolean lineStart = true;
    private boolean quoted;
    private boolean summaryLine;

    /** Where a text stood. */
    record Stand(HeldText.Stand text, boolean lineStart, boolean quoted, boolean summaryLine) {}

    Stand stand() {
        return new Stand(text.stand(), lineStart, quoted, summaryLine);
    }

    /** Makes it what it was there, since when it has only grown. */
    void back(Stand to) {
        text.back(to.text);
        lineStart = to.lineStart;
        quoted = to.quoted;
        summaryLine = to.summaryLine;
    }

    /** A block begins. */
    void open() {
        lineStart = true;
        quoted = false;
        summaryLine = false;
    }

    /** A summary ended: the rest of its line is dropped with it. */
    void summaryEnded() {
        summaryLine = true;
    }

    /** A character inside a block. */
    void append(char c) {
        if (HeldText.isBreak(c)) {
            breakLine(c);
            return;
        }
        summaryLine = false;
        boolean afterMark = quoted;
        quoted = lineStart && c == '>';
        lineStart = false;
        if (!quoted && !(afterMark && c == ' ')) {
            text.append(c);
        }
    }

    private void breakLine(char c) {
        lineStart = true;
        quoted = false;
        if (summaryLine) {
            summaryLine = c == '\r';
        } else {
            text.append(c);
        }
    }

    /** A character outside of any block, where the upstream says that it is thinking. */
    void appendPlain(char c) {
        text.append(c);
    }

    StringBuilder text() {
        return text.text();
    }
}
