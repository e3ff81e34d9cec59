package dev.serai.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing byte buffer that is written out and emptied again; one per stream, reused for every event. Not thread-safe. */
public final class ByteSink extends OutputStream {

    private static final int KEEP = 16 * 1024;

    private byte[] bytes;
    private int size;

    public ByteSink(int capacity) {
        this.bytes = new byte[capacity];
    }

    @Override
    public void write(int b) {
        ensure(1);
        bytes[size++] = (byte) b;
    }

    @Override
    public void write(byte[] source, int from, int length) {
        ensure(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    @Override
    public void write(byte[] source) {
        write(source, 0, source.length);
    }

    public void ascii(String text) {
        write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public void utf8(String text) {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** Forgets what was written; gives back a buffer that one large event had made grow. */
    public void clear() {
        size = 0;
        if (bytes.length > KEEP) {
            bytes = new byte[KEEP / 4];
        }
    }

    public void drainTo(OutputStream target) throws IOException {
        target.write(bytes, 0, size);
        clear();
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {}

    private void ensure(int more) {
        int needed = Math.addExact(size, more);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
        }
    }
}
