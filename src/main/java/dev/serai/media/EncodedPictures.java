package dev.serai.media;

import dev.serai.call.AnswerStream;
import dev.serai.stream.ByteSink;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** An answer whose pictures are put into base 64 while it is written: besides the pictures only a piece of it is held. */
final class EncodedPictures implements AnswerStream {

    /** A multiple of three: no padding but at the end. */
    private static final int PIECE = 24 * 1024;

    private static final String BEFORE = "{\"b64_json\":\"";
    private static final String AFTER = "\"}";

    private final ByteSink out = new ByteSink(PIECE * 4 / 3 + 64);
    private final List<byte[]> pictures;
    private final byte[] end;
    private final long length;
    private final Runnable release;
    private int picture;
    private int at;

    /**
     * An answer.
     *
     * @param start the answer up to and with the opening bracket of {@code data}
     * @param end from the closing bracket on
     * @param release run when the pictures are not held any more
     */
    EncodedPictures(String start, List<byte[]> pictures, String end, Runnable release) {
        this.pictures = pictures;
        this.end = end.getBytes(StandardCharsets.UTF_8);
        this.release = release;
        byte[] head = start.getBytes(StandardCharsets.UTF_8);
        out.write(head);
        this.length = head.length + this.end.length + encoded(pictures);
    }

    private static long encoded(List<byte[]> pictures) {
        long length = Math.max(0, pictures.size() - 1);
        for (byte[] picture : pictures) {
            length += BEFORE.length() + AFTER.length() + Math.ceilDiv(picture.length, 3) * 4L;
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
        if (picture == pictures.size()) {
            return false;
        }
        byte[] bytes = pictures.get(picture);
        if (at == 0) {
            out.ascii(picture == 0 ? BEFORE : "," + BEFORE);
        }
        int to = Math.min(bytes.length, at + PIECE);
        out.write(Base64.getEncoder().encode(Arrays.copyOfRange(bytes, at, to)));
        at = to;
        if (at == bytes.length) {
            out.ascii(AFTER);
            at = 0;
            picture++;
            if (picture == pictures.size()) {
                out.write(end);
            }
        }
        return picture < pictures.size();
    }

    @Override
    public void close() {
        release.run();
    }
}
