package dev.serai.testkit.emulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How events become bytes: all that the event-stream format leaves open.
 *
 * @param newline what ends a line
 * @param colon what stands between a field's name and its value
 * @param comments whether a comment line goes before each event
 * @param pieceBytes length of the pieces in which an event is written, also inside a character; 0 for whole events
 */
public record SseStyle(String newline, String colon, boolean comments, int pieceBytes) {

    public static final SseStyle PLAIN = new SseStyle("\n", ": ", false, 0);

    /** Carriage returns, no space after the colon, comments, pieces of three bytes. */
    public static final SseStyle ODD = new SseStyle("\r\n", ":", true, 3);

    public SseStyle inPieces(int bytes) {
        return new SseStyle(newline, colon, comments, bytes);
    }

    /** The bytes of one event, as they are to be written one after the other. */
    public List<byte[]> pieces(SseEvent event) {
        byte[] bytes = text(event).getBytes(StandardCharsets.UTF_8);
        if (pieceBytes == 0) {
            return List.of(bytes);
        }
        var pieces = new ArrayList<byte[]>();
        for (int at = 0; at < bytes.length; at += pieceBytes) {
            pieces.add(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + pieceBytes)));
        }
        return pieces;
    }

    private String text(SseEvent event) {
        var text = new StringBuilder();
        if (comments) {
            text.append(":").append(newline).append(newline);
        }
        String name = event.name();
        if (name != null) {
            text.append("event").append(colon).append(name).append(newline);
        }
        return text.append("data")
                .append(colon)
                .append(event.data())
                .append(newline)
                .append(newline)
                .toString();
    }
}
