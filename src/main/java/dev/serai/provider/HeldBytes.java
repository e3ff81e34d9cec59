package dev.serai.provider;

import dev.serai.call.Call;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** A body that is read as a whole: its call holds every byte of it before it is there. */
final class HeldBytes {

    private static final int STEP = 8 * 1024;

    private final Call call;
    private final int most;
    private byte[] bytes;
    private int read;

    /** There are more bytes than may be. */
    static final class TooMany extends IOException {

        private static final long serialVersionUID = 1L;
    }

    /** @param told the length as it was told, -1 where it was not */
    HeldBytes(Call call, long told, int most) {
        this.call = call;
        this.most = most;
        int first = (int) Math.min(told < 0 ? STEP : told, most);
        call.memory().hold(first);
        this.bytes = new byte[first];
    }

    /** One read. @return false at the end */
    boolean read(InputStream in) throws IOException {
        if (read == bytes.length) {
            int next = in.read();
            if (next < 0) {
                return false;
            }
            grow();
            bytes[read++] = (byte) next;
            return true;
        }
        int count = in.read(bytes, read, bytes.length - read);
        read += Math.max(0, count);
        return count >= 0;
    }

    private void grow() throws IOException {
        if (bytes.length == most) {
            throw new TooMany();
        }
        resize((int) Math.min(Math.max(STEP, bytes.length * 2L), most));
    }

    private void resize(int length) {
        int before = bytes.length;
        call.memory().hold(length);
        bytes = Arrays.copyOf(bytes, length);
        call.memory().letGo(before);
    }

    /** What was read, without a further copy where its length was told. */
    byte[] bytes() {
        if (read < bytes.length) {
            resize(read);
        }
        return bytes;
    }
}
