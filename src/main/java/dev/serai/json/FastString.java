package dev.serai.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds the end of JSON strings, eight bytes at a time where they are plain ASCII. */
final class FastString {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = ONES << 7;
    private static final long SPACES = ONES << 5;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;

    private final byte[] body;

    FastString(byte[] body) {
        this.body = body;
    }

    /**
     * @param quote where the opening quote stands
     * @return the place behind the closing quote, or -1 when the string is not one of RFC 8259 in UTF-8
     */
    int end(int quote) {
        int at = quote + 1;
        int lastWord = body.length - Long.BYTES;
        while (at <= lastWord) {
            long marks = marks((long) LONGS.get(body, at));
            if (marks == 0) {
                at += Long.BYTES;
                continue;
            }
            at += Long.numberOfTrailingZeros(marks) / Byte.SIZE;
            if (body[at] == '"') {
                return at + 1;
            }
            int length = length(at);
            if (length == 0) {
                return -1;
            }
            at += length;
        }
        return endByByte(at);
    }

    private int endByByte(int from) {
        int at = from;
        while (at < body.length) {
            if (body[at] == '"') {
                return at + 1;
            }
            int length = body[at] >= ' ' && body[at] != '\\' ? 1 : length(at);
            if (length == 0) {
                return -1;
            }
            at += length;
        }
        return -1;
    }

    /**
     * The high bit of each byte that is a control character, a quote, a backslash or beyond ASCII. A borrow may mark a byte
     * too many, but only above one that is marked rightly, so the lowest mark is exact.
     */
    private static long marks(long word) {
        return ((word - SPACES) | ((word ^ QUOTES) - ONES) | ((word ^ BACKSLASHES) - ONES) | word) & HIGH_BITS;
    }

    /** The length of the escape or of the character beyond ASCII at {@code at}, or 0 when there is none. */
    private int length(int at) {
        byte b = body[at];
        if (b == '\\') {
            return escape(at);
        }
        return b < 0 ? Utf8.sequence(body, at) : 0;
    }

    /** The length of an escape, or 0 when there is no such one. */
    private int escape(int at) {
        if (at + 1 >= body.length) {
            return 0;
        }
        return switch (body[at + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> 2;
            case 'u' -> isHex(at + 2, at + 6) ? 6 : 0;
            default -> 0;
        };
    }

    private boolean isHex(int from, int to) {
        if (to > body.length) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (Character.digit(body[i], 16) < 0) {
                return false;
            }
        }
        return true;
    }
}
