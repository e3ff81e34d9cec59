package dev.serai.tokens;

import dev.serai.message.MediaSource;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of what is no text, by rules of the gateway's own where the data is at hand: images by OpenAI's tiles of 512 pixels,
 * the rest by its bytes. What is only named, by a URL or an id, counts as a usual one.
 */
final class MediaTokens {

    static final long IMAGE_BASE = 85;
    static final long IMAGE_TILE = 170;
    /** A square of 1024 pixels. */
    static final long USUAL_IMAGE = 765;

    static final long DOCUMENT_BYTES = 16;
    static final long USUAL_DOCUMENT = 1500;
    static final long SOUND_BYTES = 500;
    static final long LEAST_AUDIO = 32;
    static final long LEAST_VIDEO = 258;

    private static final int LONGEST_SIDE = 2048;
    private static final int SHORTEST_SIDE = 768;
    private static final int TILE = 512;

    private MediaTokens() {}

    static long image(MediaSource source, @Nullable String detail) {
        if ("low".equals(detail)) {
            return IMAGE_BASE;
        }
        var size = source instanceof MediaSource.Base64 it ? ImageSize.of(it.data()) : null;
        return size == null ? USUAL_IMAGE : tiles(size);
    }

    /** Scaled to fit 2048 by 2048, then to a shorter side of at most 768, and cut into tiles. */
    private static long tiles(ImageSize size) {
        double longer = Math.max(size.width(), size.height());
        double shorter = Math.min(size.width(), size.height());
        double scale = Math.min(1, LONGEST_SIDE / longer);
        scale = Math.min(scale, SHORTEST_SIDE / shorter);
        return IMAGE_BASE + IMAGE_TILE * across(longer * scale) * across(shorter * scale);
    }

    private static long across(double pixels) {
        return Math.max(1, (long) Math.ceil(Math.round(pixels) / (double) TILE));
    }

    static long document(MediaSource source) {
        return Math.max(USUAL_DOCUMENT, bytes(source) / DOCUMENT_BYTES);
    }

    static long audio(MediaSource source) {
        return Math.max(LEAST_AUDIO, bytes(source) / SOUND_BYTES);
    }

    static long video(MediaSource source) {
        return Math.max(LEAST_VIDEO, bytes(source) / SOUND_BYTES);
    }

    private static long bytes(MediaSource source) {
        return source instanceof MediaSource.Base64 it ? it.data().length() / 4 * 3L : 0;
    }
}
