package dev.serai.provider.zaiweb;

/**
 * The text that an upstream writes and rewrites. What was appended is read once; what was rewritten makes the reading
 * begin anew, so the two texts are always those of the document as it stands. One thread at a time.
 */
final class MessageDocument {

    private final StringBuilder whole = new StringBuilder();
    private DocumentScan scan = new DocumentScan();
    /** How much of the start came as thinking while there was no block of reasoning. */
    private int thought;

    /** @param thinking the upstream says that it is thinking */
    void append(String text, boolean thinking) {
        boolean plain = thinking && !scan.sawReasoning();
        scan.read(text, plain);
        whole.append(text);
        if (plain && !scan.sawReasoning()) {
            thought = whole.length();
        }
    }

    /**
     * Replaces everything from a place on; a place behind the end is the end.
     *
     * @param from in code points
     */
    void replaceFrom(long from, String text, boolean thinking) {
        int at = offset(Math.max(0, from));
        if (at < whole.length()) {
            whole.setLength(at);
            thought = Math.min(thought, at);
            scan = new DocumentScan();
            scan.read(whole.subSequence(0, thought), true);
            scan.read(whole.subSequence(thought, at), false);
        }
        append(text, thinking);
    }

    /** Makes it this text: where that goes on from what there is, only the rest is new. */
    void becomeOrAppend(String text, boolean thinking) {
        append(text.startsWith(whole.toString()) ? text.substring(whole.length()) : text, thinking);
    }

    /** No more will come. */
    void end() {
        scan.end();
    }

    /** The answer; the same object as long as the document has only grown. */
    StringBuilder answer() {
        return scan.answer();
    }

    /** The reasoning; the same object as long as the document has only grown. */
    StringBuilder reasoning() {
        return scan.reasoning();
    }

    CharSequence text() {
        return whole;
    }

    int length() {
        return whole.length();
    }

    private int offset(long codePoints) {
        int most = whole.codePointCount(0, whole.length());
        return codePoints >= most ? whole.length() : whole.offsetByCodePoints(0, (int) codePoints);
    }
}
