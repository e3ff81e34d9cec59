package dev.serai.provider.zaiweb;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The text that an upstream writes and rewrites. It is read when it is asked for. What was appended is read once; after what
 * was rewritten the reading goes on from the place of the rewrite before, where that is not behind it, else anew: the two texts
 * are always those of the document as it stands. One thread at a time.
 */
final class MessageDocument {

    private final StringBuilder whole = new StringBuilder();
    /** Which characters came while the upstream said that it was thinking. */
    private final BitSet thought = new BitSet();

    private DocumentScan scan = new DocumentScan();
    private int read;
    private @Nullable Mark mark;
    private @Nullable Place edited;
    private int answerKept;
    private int reasoningKept;
    private long work;

    /** A place that an edit began at, which the next one may begin behind. */
    private record Place(int at, long codePoints) {}

    /** What had been read at a place. */
    private record Mark(Place place, DocumentScan.Stand stand) {}

    /** @param thinking the upstream says that it is thinking */
    void append(String text, boolean thinking) {
        int from = whole.length();
        whole.append(text);
        thought.set(from, whole.length(), thinking);
    }

    /**
     * Replaces everything from a place on; a place behind the end is the end.
     *
     * @param from in code points
     */
    void replaceFrom(long from, String text, boolean thinking) {
        long codePoints = Math.max(0, from);
        int at = offset(codePoints);
        if (at < whole.length()) {
            thought.clear(at, whole.length());
            whole.setLength(at);
            if (mark != null && mark.place.at > at) {
                mark = null;
            }
            if (read > at) {
                goBack();
            }
            edited = new Place(at, codePoints);
        }
        append(text, thinking);
    }

    private void goBack() {
        if (mark == null) {
            scan = new DocumentScan();
            read = 0;
        } else {
            scan.back(mark.stand);
            read = mark.place.at;
        }
        answerKept = Math.min(answerKept, scan.answer().length());
        reasoningKept = Math.min(reasoningKept, scan.reasoning().length());
    }

    /** Makes it this text: where that goes on from what there is, only the rest is new. */
    void becomeOrAppend(String text, boolean thinking) {
        boolean goesOn = text.length() >= whole.length() && text.startsWith(whole.toString());
        append(goesOn ? text.substring(whole.length()) : text, thinking);
    }

    /** No more will come. */
    void end() {
        scanned().end();
    }

    StringBuilder answer() {
        return scanned().answer();
    }

    StringBuilder reasoning() {
        return scanned().reasoning();
    }

    /** What of the answer is to be sent to one who has been sent this much. One and the same for the life of the document. */
    String nextAnswer(SentText sent) {
        var text = answer();
        var next = sent.next(text, answerKept);
        answerKept = text.length();
        return next;
    }

    /** As {@link #nextAnswer}. */
    String nextReasoning(SentText sent) {
        var text = reasoning();
        var next = sent.next(text, reasoningKept);
        reasoningKept = text.length();
        return next;
    }

    CharSequence text() {
        return whole;
    }

    int length() {
        return whole.length();
    }

    /** How many characters have been read so far, those that were read again included. */
    long work() {
        return work;
    }

    private DocumentScan scanned() {
        var place = edited;
        if (place != null) {
            edited = null;
            readTo(place.at);
            mark = new Mark(place, scan.stand());
        }
        readTo(whole.length());
        return scan;
    }

    private void readTo(int end) {
        while (read < end) {
            boolean thinking = thought.get(read);
            int change = thinking ? thought.nextClearBit(read) : thought.nextSetBit(read);
            int to = change < 0 ? end : Math.min(change, end);
            scan.read(whole.subSequence(read, to), thinking);
            work += to - read;
            read = to;
        }
    }

    private int offset(long codePoints) {
        int start = 0;
        long left = codePoints;
        if (mark != null && mark.place.codePoints <= codePoints && !cutsCharacter(mark.place.at)) {
            start = mark.place.at;
            left = codePoints - mark.place.codePoints;
        }
        int most = whole.codePointCount(start, whole.length());
        return left >= most ? whole.length() : whole.offsetByCodePoints(start, (int) left);
    }

    /** Whether the two halves of a character came one before and one behind a place. */
    private boolean cutsCharacter(int at) {
        return at > 0 && at < whole.length() && Character.isSurrogatePair(whole.charAt(at - 1), whole.charAt(at));
    }
}
