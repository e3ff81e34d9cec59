package dev.serai.protocol.openairesponses;

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
import java.util.Locale;

/** The content of system and user messages and of tool outputs. What the wire cannot say is refused, for it changes the answer. */
final class ContentEncoder {

    private ContentEncoder() {}

    static ArrayNode encode(List<Part> parts) {
        ArrayNode array = Json.array();
        parts.forEach(part -> array.add(part(part)));
        return array;
    }

    /** One text for texts, else an array. A failure is told in words, for the wire has no flag for it. */
    static JsonNode output(Part.ToolResult result) {
        boolean textOnly = result.content().stream().allMatch(Part.Text.class::isInstance);
        var text = new StringBuilder();
        for (Part part : result.content()) {
            if (part instanceof Part.Text it) {
                text.append(text.isEmpty() ? "" : "\n").append(it.text());
            }
        }
        boolean unsaid =
                result.isError() && !text.toString().toLowerCase(Locale.ROOT).contains("error");
        if (textOnly) {
            return TextNode.valueOf(unsaid ? "Error: " + text : text.toString());
        }
        ArrayNode array = encode(result.content());
        if (unsaid) {
            array.insert(0, typed("input_text").put("text", "Error:"));
        }
        return array;
    }

    private static ObjectNode part(Part part) {
        return switch (part) {
            case Part.Text it ->
                OpenAiFields.breakpoint(it.cache(), typed("input_text").put("text", it.text()));
            case Part.Image it -> OpenAiFields.breakpoint(it.cache(), image(it));
            case Part.Document it -> OpenAiFields.breakpoint(it.cache(), document(it));
            case Part.Audio it -> OpenAiFields.breakpoint(it.cache(), audio(it));
            case Part.RefusalText it -> typed("input_text").put("text", it.text());
            case Part.Video it -> throw Losses.unsupported("messages.video");
            case Part.Reasoning it -> throw Losses.unsupported("messages.reasoning");
            case Part.ToolCall it -> throw Losses.unsupported("messages.toolCall");
            case Part.ToolResult it -> throw Losses.unsupported("messages.toolResult");
            case Part.Opaque it -> throw Losses.unsupported("messages.opaque");
        };
    }

    private static ObjectNode image(Part.Image image) {
        ObjectNode node = typed("input_image").put("detail", image.detail() == null ? "auto" : image.detail());
        return switch (image.source()) {
            case MediaSource.Base64 it -> node.put("image_url", DataUrls.of(it));
            case MediaSource.Url it -> node.put("image_url", it.url());
            case MediaSource.FileId it -> node.put("file_id", fileId(it, "messages.image"));
            case MediaSource.InlineText it -> throw Losses.unsupported("messages.image");
        };
    }

    private static ObjectNode document(Part.Document document) {
        ObjectNode node = typed("input_file");
        return switch (document.source()) {
            case MediaSource.Base64 it ->
                node.put("filename", document.filename() == null ? "document.pdf" : document.filename())
                        .put("file_data", DataUrls.of(it));
            case MediaSource.Url it -> node.put("file_url", it.url());
            case MediaSource.FileId it -> node.put("file_id", fileId(it, "messages.document"));
            case MediaSource.InlineText it -> {
                String title = document.title() == null ? document.filename() : document.title();
                yield typed("input_text").put("text", title == null ? it.text() : title + "\n" + it.text());
            }
        };
    }

    /** Files are the vendor's, whichever of its protocols named them. */
    private static String fileId(MediaSource.FileId file, String field) {
        if (!file.protocol().startsWith("openai-")) {
            throw Losses.unsupported(field);
        }
        return file.id();
    }

    private static ObjectNode audio(Part.Audio audio) {
        if (!(audio.source() instanceof MediaSource.Base64 data)) {
            throw Losses.unsupported("messages.audio");
        }
        String format = audio.format() == null
                ? data.mediaType().replace("audio/", "").replace("mpeg", "mp3").replace("x-wav", "wav")
                : audio.format();
        if (!format.equals("wav") && !format.equals("mp3")) {
            throw Losses.unsupported("messages.audio");
        }
        ObjectNode node = typed("input_audio");
        node.putObject("input_audio").put("data", data.data()).put("format", format);
        return node;
    }

    private static ObjectNode typed(String type) {
        return Json.object().put("type", type);
    }
}
