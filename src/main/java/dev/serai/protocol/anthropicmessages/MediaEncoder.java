package dev.serai.protocol.anthropicmessages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.MediaSource;
import dev.serai.message.Part;
import dev.serai.protocol.Losses;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;

/** Images and documents for an upstream. What the wire cannot say is refused, for it changes the answer. */
final class MediaEncoder {

    private static final Set<String> IMAGES = Set.of("image/jpeg", "image/png", "image/gif", "image/webp");
    private static final String PDF = "application/pdf";

    private final Losses losses;

    MediaEncoder(Losses losses) {
        this.losses = losses;
    }

    ObjectNode image(Part.Image image) {
        if (image.detail() != null && !image.detail().equals("auto")) {
            losses.drop("messages.image.detail");
        }
        ObjectNode source = switch (image.source()) {
            case MediaSource.Base64 data -> base64(imageType(data.mediaType()), data.data());
            case MediaSource.Url url -> url(url);
            case MediaSource.FileId file -> file(file, "messages.image");
            case MediaSource.InlineText text -> throw Losses.unsupported("messages.image");
        };
        return Json.object().put("type", "image").set("source", source);
    }

    ObjectNode document(Part.Document document) {
        ObjectNode source = switch (document.source()) {
            case MediaSource.Base64 data -> bytes(data);
            case MediaSource.Url url -> url(url);
            case MediaSource.FileId file -> file(file, "messages.document");
            case MediaSource.InlineText text -> text(text.text());
        };
        ObjectNode node = Json.object().put("type", "document").set("source", source);
        String title = document.title() == null ? document.filename() : document.title();
        if (title != null) {
            node.put("title", title);
        }
        if (document.context() != null) {
            node.put("context", document.context());
        }
        if (document.citations() != null) {
            node.putObject("citations").put("enabled", document.citations());
        }
        return node;
    }

    private static String imageType(String mediaType) {
        String type = mediaType.toLowerCase(Locale.ROOT).replace("image/jpg", "image/jpeg");
        if (!IMAGES.contains(type)) {
            throw Losses.unsupported("messages.image");
        }
        return type;
    }

    private static ObjectNode bytes(MediaSource.Base64 data) {
        String type = data.mediaType().toLowerCase(Locale.ROOT);
        if (type.equals(PDF)) {
            return base64(type, data.data());
        }
        if (!type.startsWith("text/")) {
            throw Losses.unsupported("messages.document");
        }
        try {
            return text(new String(Base64.getDecoder().decode(data.data()), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notBase64) {
            throw Losses.unsupported("messages.document");
        }
    }

    private static ObjectNode base64(String type, String data) {
        return Json.object().put("type", "base64").put("media_type", type).put("data", data);
    }

    private static ObjectNode text(String text) {
        return Json.object().put("type", "text").put("media_type", "text/plain").put("data", text);
    }

    private static ObjectNode url(MediaSource.Url url) {
        return Json.object().put("type", "url").put("url", url.url());
    }

    private static ObjectNode file(MediaSource.FileId file, String field) {
        if (!file.protocol().equals(AnthropicMessagesProtocol.NAME)) {
            throw Losses.unsupported(field);
        }
        return Json.object().put("type", "file").put("file_id", file.id());
    }
}
