package dev.serai.protocol.openaimedia;

import dev.serai.message.ImageRequest;
import dev.serai.message.Refusal;
import java.util.Set;

/** Requests for pictures in canonical form. */
final class ImageRequestDecoder {

    private static final int MOST = 10;
    private static final String ENCODED = "b64_json";
    private static final Set<String> KNOWN = Set.of(
            "model",
            "prompt",
            "n",
            "size",
            "quality",
            "style",
            "response_format",
            "watermark_enabled",
            "user",
            "user_id",
            "image",
            "images",
            "image_url",
            "mask",
            "stream");

    private ImageRequestDecoder() {}

    static ImageRequest decode(MediaMembers members, boolean edit) {
        String prompt = members.requiredText("prompt");
        if (prompt.isBlank()) {
            throw Refusal.invalid("prompt", "prompt: what is to be seen is required");
        }
        var pictures = members.pictures("image", "images", "image_url");
        if (edit && pictures.isEmpty()) {
            throw Refusal.invalid("image", "image: a picture to be changed is required");
        }
        var masks = members.pictures("mask");
        Integer count = members.whole("n", 1, MOST);
        String format = members.oneOf("response_format", Set.of("url", ENCODED));
        return new ImageRequest(
                prompt,
                count,
                members.word("size"),
                members.word("quality"),
                members.plain("style"),
                format == null ? null : format.equals(ENCODED),
                members.flag("watermark_enabled"),
                members.text("user", "user_id"),
                pictures,
                masks.isEmpty() ? null : masks.getFirst(),
                members.others(KNOWN));
    }
}
