package dev.serai.protocol.gemini;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.message.MediaSource;
import dev.serai.message.Part;
import dev.serai.protocol.Losses;
import org.jspecify.annotations.Nullable;

/**
 * Parts of a user's content. What the wire cannot say is refused, for it changes the answer.
 *
 * @param resolutions how closely to look may be told of each part
 */
record MediaEncoder(Losses losses, boolean resolutions) {

    ObjectNode part(Part part) {
        return switch (part) {
            case Part.Text it -> AnswerParts.text(it.text(), null);
            case Part.RefusalText it -> AnswerParts.text(it.text(), null);
            case Part.Image it -> resolved(media(it.source(), null, "messages.image"), it.detail());
            case Part.Document it -> media(it.source(), title(it), "messages.document");
            case Part.Audio it -> media(it.source(), null, "messages.audio");
            case Part.Video it -> video(it);
            case Part.Opaque it -> opaque(it);
            case Part.Reasoning it -> throw Losses.unsupported("messages.reasoning");
            case Part.ToolCall it -> throw Losses.unsupported("messages.toolCall");
            case Part.ToolResult it -> throw Losses.unsupported("messages.toolResult");
        };
    }

    private ObjectNode resolved(ObjectNode image, @Nullable String detail) {
        if (detail == null || detail.equals("auto")) {
            return image;
        }
        String level = switch (detail) {
            case "low" -> "MEDIA_RESOLUTION_LOW";
            case "high" -> "MEDIA_RESOLUTION_HIGH";
            case "original" -> "MEDIA_RESOLUTION_ULTRA_HIGH";
            default -> null;
        };
        if (level == null || !resolutions) {
            losses.drop("messages.image.detail");
        } else {
            image.putObject("mediaResolution").put("level", level);
        }
        return image;
    }

    private static ObjectNode opaque(Part.Opaque item) {
        if (item.protocol().equals(GeminiProtocol.NAME) && item.raw() instanceof ObjectNode raw) {
            return raw;
        }
        throw Losses.unsupported("messages.opaque");
    }

    private static @Nullable String title(Part.Document document) {
        return document.title() == null ? document.filename() : document.title();
    }

    private static ObjectNode video(Part.Video video) {
        ObjectNode node = media(video.source(), null, "messages.video");
        if (video.options() != null && video.options().isObject()) {
            node.set("videoMetadata", video.options());
        }
        return node;
    }

    private static ObjectNode media(MediaSource source, @Nullable String title, String field) {
        return switch (source) {
            case MediaSource.Base64 it -> AnswerParts.inline(it);
            case MediaSource.Url it -> AnswerParts.file(it.url(), it.mediaType());
            case MediaSource.InlineText it ->
                AnswerParts.text(title == null ? it.text() : title + "\n" + it.text(), null);
            case MediaSource.FileId it -> {
                if (!it.protocol().equals(GeminiProtocol.NAME)) {
                    throw Losses.unsupported(field);
                }
                yield AnswerParts.file(it);
            }
        };
    }
}
