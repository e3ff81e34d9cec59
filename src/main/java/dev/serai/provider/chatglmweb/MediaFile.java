package dev.serai.provider.chatglmweb;

import java.util.Locale;
import java.util.Map;

/**
 * A file for the service.
 *
 * @param name as it is shown there
 */
@SuppressWarnings("ArrayRecordComponent")
record MediaFile(String name, String mediaType, byte[] bytes) {

    private static final Map<String, String> ENDINGS = Map.of(
            "image/png", "png",
            "image/jpeg", "jpg",
            "image/jpg", "jpg",
            "image/gif", "gif",
            "image/webp", "webp",
            "image/bmp", "bmp",
            "application/pdf", "pdf",
            "text/plain", "txt",
            "text/markdown", "md",
            "text/csv", "csv");

    /** A file that has no name of its own. */
    static MediaFile unnamed(int number, String mediaType, byte[] bytes) {
        String type = mediaType.toLowerCase(Locale.ROOT);
        return new MediaFile("file-" + number + "." + ENDINGS.getOrDefault(type, "bin"), type, bytes);
    }
}
