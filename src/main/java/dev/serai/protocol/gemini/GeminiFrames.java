package dev.serai.protocol.gemini;

import dev.serai.message.Failure;
import dev.serai.stream.ByteSink;
import java.util.Map;

/**
 * The two framings of a stream: server-sent events of data lines only, for Google's clients lose what follows a line
 * {@code event:} and fail on a sentinel; or the elements of one JSON array. One per stream.
 */
final class GeminiFrames {

    private final boolean array;
    private boolean begun;

    GeminiFrames(Map<String, String> traits) {
        this.array = GeminiTraits.array(traits);
    }

    boolean array() {
        return array;
    }

    /** What stands in front of one response object. */
    void open(ByteSink out) {
        if (array) {
            out.ascii(begun ? ",\r\n" : "[");
        } else {
            out.ascii("data: ");
        }
        begun = true;
    }

    /** What stands behind one response object. */
    void close(ByteSink out) {
        if (!array) {
            out.ascii("\n\n");
        }
    }

    void event(byte[] bytes, int from, int to, ByteSink out) {
        open(out);
        out.write(bytes, from, to - from);
        close(out);
    }

    /** The end of a whole stream. */
    void end(ByteSink out) {
        if (array) {
            out.ascii(begun ? "]" : "[]");
        }
    }

    /** The end of a stream that broke: the error is its last element. */
    void fail(Failure failure, ByteSink out) {
        byte[] error = GeminiErrors.body(failure);
        event(error, 0, error.length, out);
        end(out);
    }
}
