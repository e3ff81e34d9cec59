package dev.serai.protocol.openaichat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.serai.json.Json;
import dev.serai.message.MediaSource;
import dev.serai.message.Part;
import dev.serai.protocol.DataUrls;
import dev.serai.protocol.Losses;
import dev.serai.protocol.OpenAiFields;
import java.util.List;

/**
 * The {@code content} of system and user messages: a string for one plain text, else an array of parts. What the wire
 * cannot say is refused, for it changes the answer.
 *
 * @param compat the upstream may know parts that OpenAI does not
 */
record ContentEncoder(boolean compat) {

    JsonNode encode(List<Part> parts) {
        if (parts.size() == 1 && parts.getFirst() instanceof Part.Text text && text.cache() == null) {
            return TextNode.valueOf(text.text());
        }
        ArrayNode array = Json.array();
        parts.forEach(part -> array.add(part(part)));
        return array;
    }

    private ObjectNode part(Part part) {
        return switch (part) {
            case Part.Text it ->
                OpenAiFields.breakpoint(it.cache(), typed("text").put("text", it.text()));
            case Part.Image it -> image(it);
            case Part.Document it -> document(it);
            case Part.Audio it -> audio(it);
            case Part.Video it -> {
                ObjectNode node = typed("video_url");
                node.putObject("video_url").put("url", compatUrl(it.source(), "messages.video"));
                yield node;
            }
            case Part.RefusalText it -> typed("text").put("text", it.text());
            case Part.Reasoning it -> throw Losses.unsupported("messages.reasoning");
            case Part.ToolCall it -> throw Losses.unsupported("messages.toolCall");
            case Part.ToolResult it -> throw Losses.unsupported("messages.toolResult");
            case Part.Opaque it -> throw Losses.unsupported("messages.opaque");
        };
    }

    private ObjectNode image(Part.Image image) {
        ObjectNode node = typed("image_url");
        ObjectNode url = node.putObject("image_url");
        switch (image.source()) {
            case MediaSource.Base64 data -> url.put("url", DataUrls.of(data));
            case MediaSource.Url it -> url.put("url", it.url());
            case MediaSource.FileId it -> throw Losses.unsupported("messages.image");
            case MediaSource.InlineText it -> throw Losses.unsupported("messages.image");
        }
        if (image.detail() != null) {
            url.put("detail", image.detail());
        }
        return OpenAiFields.breakpoint(image.cache(), node);
    }

    private ObjectNode document(Part.Document document) {
        ObjectNode node = typed("file");
        ObjectNode file = Json.object();
        switch (document.source()) {
            case MediaSource.Base64 data -> {
                file.put("filename", document.filename() == null ? "document.pdf" : document.filename());
                file.put("file_data", DataUrls.of(data));
            }
            case MediaSource.FileId it -> {
                if (!it.protocol().equals(OpenAiChatProtocol.NAME)) {
                    throw Losses.unsupported("messages.document");
                }
                file.put("file_id", it.id());
            }
            case MediaSource.Url it -> {
                node = typed("file_url");
                node.putObject("file_url").put("url", compatUrl(it, "messages.document"));
                return OpenAiFields.breakpoint(document.cache(), node);
            }
            case MediaSource.InlineText it -> {
                String title = document.title() == null ? document.filename() : document.title();
                String text = title == null ? it.text() : title + "\n" + it.text();
                return OpenAiFields.breakpoint(document.cache(), typed("text").put("text", text));
            }
        }
        node.set("file", file);
        return OpenAiFields.breakpoint(document.cache(), node);
    }

    private ObjectNode audio(Part.Audio audio) {
        if (!(audio.source() instanceof MediaSource.Base64 data)) {
            ObjectNode node = typed("audio_url");
            node.putObject("audio_url").put("url", compatUrl(audio.source(), "messages.audio"));
            return node;
        }
        String format = audio.format() == null
                ? data.mediaType().replace("audio/", "").replace("mpeg", "mp3").replace("x-wav", "wav")
                : audio.format();
        if (!compat && !format.equals("wav") && !format.equals("mp3")) {
            throw Losses.unsupported("messages.audio");
        }
        ObjectNode node = typed("input_audio");
        node.putObject("input_audio").put("data", data.data()).put("format", format);
        return OpenAiFields.breakpoint(audio.cache(), node);
    }

    /** A URL for a part that OpenAI itself does not know. */
    private String compatUrl(MediaSource media, String field) {
        if (compat) {
            if (media instanceof MediaSource.Url url) {
                return url.url();
            }
            if (media instanceof MediaSource.Base64 data) {
                return DataUrls.of(data);
            }
        }
        throw Losses.unsupported(field);
    }

    private static ObjectNode typed(String type) {
        return Json.object().put("type", type);
    }
}
