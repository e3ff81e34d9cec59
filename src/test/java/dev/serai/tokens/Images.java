package dev.serai.tokens;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Heads of images in base64, as far as their size stands in them. */
final class Images {

    private Images() {}

    static String png(int width, int height) {
        return base64(ByteBuffer.allocate(64)
                .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10})
                .putInt(13)
                .put(ascii("IHDR"))
                .putInt(width)
                .putInt(height)
                .array());
    }

    static String gif(int width, int height) {
        return base64(ByteBuffer.allocate(64)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(ascii("GIF89a"))
                .putShort((short) width)
                .putShort((short) height)
                .array());
    }

    static String webp(String chunk, byte[] payload) {
        return base64(ByteBuffer.allocate(64)
                .put(ascii("RIFF"))
                .putInt(0)
                .put(ascii("WEBP"))
                .put(ascii(chunk))
                .putInt(0)
                .put(payload)
                .array());
    }

    static String lossy(int width, int height) {
        return webp("VP8 ", new byte[] {
            0, 0, 0, (byte) 0x9d, 1, 0x2a, (byte) width, (byte) (width >> 8), (byte) height, (byte) (height >> 8)
        });
    }

    static String lossless(int width, int height) {
        int bits = (width - 1) | (height - 1) << 14;
        return webp(
                "VP8L", new byte[] {0x2f, (byte) bits, (byte) (bits >> 8), (byte) (bits >> 16), (byte) (bits >>> 24)});
    }

    static String extended(int width, int height) {
        int w = width - 1;
        int h = height - 1;
        return webp("VP8X", new byte[] {
            0, 0, 0, 0, (byte) w, (byte) (w >> 8), (byte) (w >> 16), (byte) h, (byte) (h >> 8), (byte) (h >> 16)
        });
    }

    /** @param before bytes of a segment in front of the frame header, such as a thumbnail */
    static String jpeg(int width, int height, int before) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xD8});
        for (int left = before; left > 0; left -= 60_000) {
            int length = Math.min(left, 60_000) + 2;
            out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xE1, (byte) (length >> 8), (byte) length});
            out.writeBytes(new byte[length - 2]);
        }
        out.writeBytes(new byte[] {
            (byte) 0xFF,
            (byte) 0xFF,
            (byte) 0xC2,
            0,
            17,
            8,
            (byte) (height >> 8),
            (byte) height,
            (byte) (width >> 8),
            (byte) width,
            3
        });
        out.writeBytes(new byte[32]);
        return base64(out.toByteArray());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
