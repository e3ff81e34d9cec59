package dev.serai.provider.zaiweb;

/** Reasoning as its block holds it: each line is quoted, and the line of a summary is none of it. */
final class QuotedText {

    private final HeldText text;
    private boolean lineStart = true;
    private boolean quoted;
    private boolean summaryLine;

    QuotedText() {
        text = new HeldText();
    }

    QuotedText(QuotedText other) {
        text = new HeldText(other.text);
        lineStart = other.lineStart;
        quoted = other.quoted;
        summaryLine = other.summaryLine;
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
