package dev.serai.tokens;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * An image's width and height, read from the head of its PNG (ISO/IEC 15948), GIF (89a), WebP (RFC 9649) or JPEG
 * (ITU-T T.81, annex B) data.
 */
record ImageSize(int width, int height) {

    private static final int PLAIN_HEAD = 33;
    private static final int JPEG_HEAD = 255 * 1024;

    /** Null where the data is no such image, or says nothing in its first 255 KiB. */
    static @Nullable ImageSize of(String base64) {
        byte[] head = head(base64, PLAIN_HEAD);
        if (u8(head, 0) == 0xFF && u8(head, 1) == 0xD8) {
            return sane(jpeg(head(base64, JPEG_HEAD)));
        }
        if (is(head, 1, "PNG") && is(head, 12, "IHDR")) {
            return sane(new ImageSize(big(head, 16), big(head, 20)));
        }
        if (is(head, 0, "GIF8")) {
            return sane(new ImageSize(little(head, 6, 2), little(head, 8, 2)));
        }
        return is(head, 0, "RIFF") && is(head, 8, "WEBP") ? sane(webp(head)) : null;
    }

    private static @Nullable ImageSize webp(byte[] head) {
        if (is(head, 12, "VP8X")) {
            return new ImageSize(little(head, 24, 3) + 1, little(head, 27, 3) + 1);
        }
        if (is(head, 12, "VP8L")) {
            int bits = little(head, 21, 4);
            return new ImageSize((bits & 0x3FFF) + 1, (bits >>> 14 & 0x3FFF) + 1);
        }
        return is(head, 12, "VP8 ") ? new ImageSize(little(head, 26, 2) & 0x3FFF, little(head, 28, 2) & 0x3FFF) : null;
    }

    /** Walks the segments up to the frame header. */
    private static @Nullable ImageSize jpeg(byte[] head) {
        int at = 2;
        while (at + 9 <= head.length && u8(head, at) == 0xFF) {
            int marker = u8(head, at + 1);
            if (marker == 0xFF) {
                at++;
            } else if (isFrame(marker)) {
                return new ImageSize(
                        u8(head, at + 7) << 8 | u8(head, at + 8), u8(head, at + 5) << 8 | u8(head, at + 6));
            } else {
                at += 2 + Math.max(2, u8(head, at + 2) << 8 | u8(head, at + 3));
            }
        }
        return null;
    }

    /** SOF0 to SOF15 but for DHT, JPG and DAC, which share their range. */
    private static boolean isFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private static @Nullable ImageSize sane(@Nullable ImageSize size) {
        return size != null && size.width > 0 && size.height > 0 ? size : null;
    }

    /** The first bytes of the data; fewer where there are no more or they are not base64. */
    private static byte[] head(String base64, int bytes) {
        int chars = Math.min(base64.length() / 4 * 4, bytes / 3 * 4);
        try {
            return Base64.getDecoder().decode(base64.substring(0, chars));
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }

    private static boolean is(byte[] head, int from, String word) {
        byte[] expected = word.getBytes(StandardCharsets.US_ASCII);
        return head.length >= from + expected.length
                && Arrays.equals(head, from, from + expected.length, expected, 0, expected.length);
    }

    private static int u8(byte[] head, int at) {
        return at < head.length ? head[at] & 0xFF : 0;
    }

    private static int big(byte[] head, int at) {
        return u8(head, at) << 24 | u8(head, at + 1) << 16 | u8(head, at + 2) << 8 | u8(head, at + 3);
    }

    private static int little(byte[] head, int at, int length) {
        int value = 0;
        for (int i = length - 1; i >= 0; i--) {
            value = value << 8 | u8(head, at + i);
        }
        return value;
    }
}
