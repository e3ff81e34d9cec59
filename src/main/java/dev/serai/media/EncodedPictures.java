package dev.serai.media;

import dev.serai.call.AnswerStream;
import dev.serai.stream.ByteSink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.function.LongConsumer;

/** An answer whose pictures are put into base 64 while it is written: besides the pictures only a piece of it is held. */
final class EncodedPictures implements AnswerStream {

    /** A multiple of three: no padding but at the end. */
    private static final int PIECE = 24 * 1024;

    private static final String BEFORE = "{\"b64_json\":\"";
    private final ByteSink out = new ByteSink(PIECE * 4 / 3 + 64);
    private final Deque<One> left;
    private final byte[] end;
    private final long length;
    private final LongConsumer release;
    private boolean first = true;
    private int at;

    /**
     * A picture.
     *
     * @param more the members after its bytes, each with a comma before it
     */
    @SuppressWarnings("ArrayRecordComponent")
    record One(byte[] bytes, String more) {

        private String after() {
            return "\"" + more + "}";
        }
    }

    /**
     * An answer.
     *
     * @param start the answer up to and with the opening bracket of {@code data}
     * @param end from the closing bracket on
     * @param release is told how many bytes of pictures are not held any more: each picture's when it is written
     */
    EncodedPictures(String start, List<One> pictures, String end, LongConsumer release) {
        this.left = new ArrayDeque<>(pictures);
        this.end = end.getBytes(StandardCharsets.UTF_8);
        this.release = release;
        byte[] head = start.getBytes(StandardCharsets.UTF_8);
        out.write(head);
        this.length = head.length + this.end.length + encoded(pictures);
    }

    private static long encoded(List<One> pictures) {
        long length = Math.max(0, pictures.size() - 1);
        for (One picture : pictures) {
            length += BEFORE.length()
                    + Math.ceilDiv(picture.bytes().length, 3) * 4L
                    + picture.after().getBytes(StandardCharsets.UTF_8).length;
        }
        return length;
    }

    /** The whole answer's size in bytes. */
    long length() {
        return length;
    }

    @Override
    public ByteSink out() {
        return out;
    }

    @Override
    public boolean advance() {
        var picture = left.peek();
        if (picture == null) {
            return false;
        }
        byte[] bytes = picture.bytes();
        if (at == 0) {
            out.ascii(first ? BEFORE : "," + BEFORE);
            first = false;
        }
        int to = Math.min(bytes.length, at + PIECE);
        out.write(Base64.getEncoder().encode(Arrays.copyOfRange(bytes, at, to)));
        at = to;
        if (at == bytes.length) {
            at = 0;
            left.remove();
            release.accept(bytes.length);
            out.utf8(picture.after());
            if (left.isEmpty()) {
                out.write(end);
            }
        }
        return !left.isEmpty();
    }

    @Override
    public void close() {
        left.forEach(picture -> release.accept(picture.bytes().length));
        left.clear();
    }
}
