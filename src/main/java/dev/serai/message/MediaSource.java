package dev.serai.message;

import org.jspecify.annotations.Nullable;

/** Where the bytes of an image, document, audio or video are. */
public sealed interface MediaSource {

    /** @param data standard base64 without line breaks */
    record Base64(String mediaType, String data) implements MediaSource {}

    record Url(String url, @Nullable String mediaType) implements MediaSource {}

    /** A file stored at the provider that speaks {@code protocol}. */
    record FileId(String protocol, String id, @Nullable String mediaType) implements MediaSource {

        public FileId(String protocol, String id) {
            this(protocol, id, null);
        }
    }

    record InlineText(String text) implements MediaSource {}
}
