package dev.serai.stream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Splits a byte source into server-sent events (WHATWG HTML, "Server-sent events"): any chunking of the same bytes gives
 * the same events. Line ends may be LF, CRLF or CR; comments and events without data are passed over. Holds one
 * unfinished event at most, of a bounded size. One thread at a time; whoever made the source closes it.
 */
public final class SseReader {

    private static final int START = 2 * 1024;
    private static final byte[] NO_DATA = {};

    private final InputStream source;
    private final int maxEvent;
    private byte[] buffer = new byte[START];
    private int filled;
    /** Where the unfinished event starts. */
    private int eventStart;
    /** Where the unfinished line starts. */
    private int lineStart;
    /** How far the unfinished line has been searched for its end. */
    private int searched;

    private boolean skipLineFeed;
    private boolean started;
    private String name = "";
    private int dataFrom = -1;
    private int dataTo = -1;
    private ByteArrayOutputStream joined = new ByteArrayOutputStream(0);
    private int dataLines;

    /** Gets each event. */
    @FunctionalInterface
    public interface Handler {

        /**
         * @param name the event's name, {@code ""} when it has none
         * @param bytes holds the whole event with its blank line at {@code [from, to)} and its data at
         *     {@code [dataFrom, dataTo)}; valid during the call only
         * @return false to stop reading: the rest of the bytes read is left alone
         */
        boolean event(String name, byte[] bytes, int from, int to, int dataFrom, int dataTo) throws IOException;
    }

    public SseReader(InputStream source, int maxEvent) {
        this.source = source;
        this.maxEvent = maxEvent;
    }

    /**
     * Reads from the source once, blocking, and hands over every event that is complete by then.
     *
     * @return false at the end of the source; an event without its blank line is then dropped, as the standard says
     * @throws EventTooLarge when one event exceeds the limit
     */
    public boolean read(Handler handler) throws IOException {
        makeRoom();
        int count = source.read(buffer, filled, buffer.length - filled);
        if (count < 0) {
            return false;
        }
        filled += count;
        parse(handler);
        return true;
    }

    private void makeRoom() throws IOException {
        if (filled < buffer.length) {
            return;
        }
        if (eventStart > 0) {
            System.arraycopy(buffer, eventStart, buffer, 0, filled - eventStart);
            shift(eventStart);
        }
        if (filled == buffer.length) {
            if (buffer.length >= maxEvent) {
                throw new EventTooLarge(maxEvent);
            }
            buffer = Arrays.copyOf(buffer, Math.min(maxEvent, buffer.length * 2));
        }
    }

    private void shift(int by) {
        filled -= by;
        eventStart -= by;
        lineStart -= by;
        searched -= by;
        dataFrom -= by;
        dataTo -= by;
    }

    private void parse(Handler handler) throws IOException {
        if (!started && !skipByteOrderMark()) {
            return;
        }
        while (searched < filled) {
            byte b = buffer[searched];
            if (skipLineFeed) {
                skipLineFeed = false;
                if (b == '\n') {
                    absorbLineFeed();
                    continue;
                }
            }
            if (b != '\n' && b != '\r') {
                searched++;
                continue;
            }
            skipLineFeed = b == '\r';
            int lineEnd = searched++;
            boolean goOn = line(lineStart, lineEnd, handler);
            lineStart = searched;
            if (!goOn) {
                return;
            }
        }
        if (eventStart == filled) {
            reuse();
        }
    }

    /** The LF of a CRLF whose CR ended the line already. */
    private void absorbLineFeed() {
        searched++;
        if (eventStart == lineStart) {
            eventStart++;
        }
        lineStart++;
    }

    private void reuse() {
        filled = 0;
        eventStart = 0;
        lineStart = 0;
        searched = 0;
        if (buffer.length > 8 * START) {
            buffer = new byte[START];
        }
    }

    private boolean skipByteOrderMark() {
        byte[] mark = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
        int same = Arrays.mismatch(buffer, 0, Math.min(filled, 3), mark, 0, Math.min(filled, 3));
        if (same < 0 && filled < 3) {
            return false;
        }
        started = true;
        if (same < 0) {
            eventStart = 3;
            lineStart = 3;
            searched = 3;
        }
        return true;
    }

    private boolean line(int from, int to, Handler handler) throws IOException {
        if (from == to) {
            return dispatch(handler);
        }
        if (field(from, to, "data")) {
            data(valueStart(from + 4, to), to);
        } else if (field(from, to, "event")) {
            int value = valueStart(from + 5, to);
            name = new String(buffer, value, to - value, StandardCharsets.UTF_8);
        }
        return true;
    }

    private boolean field(int from, int to, String field) {
        int length = field.length();
        if (to - from < length || (to - from > length && buffer[from + length] != ':')) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (buffer[from + i] != field.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int valueStart(int afterName, int to) {
        int start = Math.min(afterName + 1, to);
        return start < to && buffer[start] == ' ' ? start + 1 : start;
    }

    private void data(int from, int to) {
        if (dataLines == 1) {
            joined = new ByteArrayOutputStream(2 * (dataTo - dataFrom));
            joined.write(buffer, dataFrom, dataTo - dataFrom);
        }
        if (dataLines > 0) {
            joined.write('\n');
            joined.write(buffer, from, to - from);
        }
        dataFrom = from;
        dataTo = to;
        dataLines++;
    }

    private boolean dispatch(Handler handler) throws IOException {
        boolean goOn = true;
        if (dataLines == 1) {
            goOn = handler.event(name, buffer, eventStart, searched, dataFrom, dataTo);
        } else if (dataLines > 1) {
            goOn = dispatchJoined(handler);
        }
        eventStart = searched;
        name = "";
        dataLines = 0;
        return goOn;
    }

    /** Several data lines are one value joined by line feeds; the event is given anew, its lines joined by blanks. */
    private boolean dispatchJoined(Handler handler) throws IOException {
        byte[] data = joined.toByteArray();
        joined = new ByteArrayOutputStream(0);
        var event = new ByteArrayOutputStream(data.length + 32);
        if (!name.isEmpty()) {
            event.write(("event: " + name + "\n").getBytes(StandardCharsets.UTF_8));
        }
        event.write("data: ".getBytes(StandardCharsets.US_ASCII));
        int from = event.size();
        for (byte b : data) {
            event.write(b == '\n' ? ' ' : b);
        }
        int to = event.size();
        event.write("\n\n".getBytes(StandardCharsets.US_ASCII));
        byte[] bytes = event.toByteArray();
        return handler.event(name, bytes, 0, bytes.length, from, to);
    }

    /** What has been read beyond the last complete event. */
    public byte[] rest() {
        return eventStart < filled ? Arrays.copyOfRange(buffer, eventStart, filled) : NO_DATA;
    }

    /** One event is larger than allowed. */
    public static final class EventTooLarge extends IOException {

        private static final long serialVersionUID = 1L;

        EventTooLarge(int limit) {
            super("an event of more than " + limit + " bytes");
        }
    }
}
