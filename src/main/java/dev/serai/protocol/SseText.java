package dev.serai.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What can be told of a server-sent event from its bytes before the data. */
public final class SseText {

    private static final byte[] EVENT_ERROR = "event:error".getBytes(StandardCharsets.US_ASCII);

    private SseText() {}

    /** Whether the bytes, without white space around, are {@code word}. */
    public static boolean is(byte[] bytes, int from, int to, byte[] word) {
        int start = from;
        int end = to;
        while (start < end && bytes[start] <= ' ') {
            start++;
        }
        while (end > start && bytes[end - 1] <= ' ') {
            end--;
        }
        return Arrays.equals(bytes, start, end, word, 0, word.length);
    }

    /** Whether a line before the data says {@code event: error}. */
    public static boolean isErrorEvent(byte[] bytes, int from, int dataFrom) {
        int matched = 0;
        for (int i = from; i < dataFrom && matched < EVENT_ERROR.length; i++) {
            if (bytes[i] == EVENT_ERROR[matched]) {
                matched++;
            } else if (bytes[i] != ' ' || matched == 0) {
                matched = 0;
            }
        }
        return matched == EVENT_ERROR.length;
    }

    /** Where the first line begins that is no comment. */
    public static int skipComments(byte[] bytes, int from, int dataFrom) {
        int at = from;
        while (at < dataFrom && bytes[at] == ':') {
            while (at < dataFrom && bytes[at] != '\n' && bytes[at] != '\r') {
                at++;
            }
            while (at < dataFrom && (bytes[at] == '\n' || bytes[at] == '\r')) {
                at++;
            }
        }
        return at < dataFrom ? at : from;
    }
}
