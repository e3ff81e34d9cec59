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
        while (true) {
            at = plain(at);
            if (at >= body.length) {
                return -1;
            }
            byte b = body[at];
            if (b == '"') {
                return at + 1;
            }
            int length = b < 0 ? Utf8.sequence(body, at) : b == '\\' ? escape(at) : 0;
            if (length == 0) {
                return -1;
            }
            at += length;
        }
    }

    /** Steps over plain characters. @return the first byte that is none */
    private int plain(int from) {
        int at = from;
        while (at <= body.length - Long.BYTES) {
            long special = special((long) LONGS.get(body, at));
            if (special != 0) {
                return at + Long.numberOfTrailingZeros(special) / Byte.SIZE;
            }
            at += Long.BYTES;
        }
        while (at < body.length && body[at] >= ' ' && body[at] != '"' && body[at] != '\\') {
            at++;
        }
        return at;
    }

    /**
     * The high bit of each byte that is a control character, a quote, a backslash or beyond ASCII. A borrow may mark a byte
     * too many, but only above one that is marked rightly, so the lowest mark is exact.
     */
    private static long special(long word) {
        long quotes = word ^ QUOTES;
        long backslashes = word ^ BACKSLASHES;
        long controls = (word - SPACES) & ~word;
        return (controls | ((quotes - ONES) & ~quotes) | ((backslashes - ONES) & ~backslashes) | word) & HIGH_BITS;
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
