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
    private long work;

    /** A place that an edit began at, which the next one may begin behind. */
    private record Place(int at, long codePoints) {}

    /** What had been read at a place. */
    private record Mark(Place place, DocumentScan scan) {}

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
                scan = mark == null ? new DocumentScan() : new DocumentScan(mark.scan);
                read = mark == null ? 0 : mark.place.at;
            }
            edited = new Place(at, codePoints);
        }
        append(text, thinking);
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

    /** The answer; the same object as long as the document has only grown. */
    StringBuilder answer() {
        return scanned().answer();
    }

    /** The reasoning; the same object as long as the document has only grown. */
    StringBuilder reasoning() {
        return scanned().reasoning();
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
            mark = new Mark(place, new DocumentScan(scan));
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
