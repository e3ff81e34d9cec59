package dev.serai.protocol.openaichat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Fields;
import dev.serai.message.CacheHint;
import dev.serai.message.MediaSource;
import dev.serai.message.Part;
import dev.serai.protocol.DataUrls;
import dev.serai.protocol.OpenAiFields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code content} of a message: a string or an array of parts. */
final class PartsDecoder {

    /** The roles, as far as they differ in the parts they may hold. */
    enum Who {
        SYSTEM,
        USER,
        ASSISTANT,
        TOOL
    }

    private PartsDecoder() {}

    static List<Part> content(Fields message, Who who) {
        JsonNode content = message.get("content");
        if (content == null) {
            throw message.invalid("content", "a string or an array of parts is required");
        }
        if (content.isTextual()) {
            return List.of(new Part.Text(content.textValue()));
        }
        if (!content.isArray()) {
            throw message.invalid("content", "a string or an array of parts is expected");
        }
        var parts = new ArrayList<Part>();
        message.each("content", part -> parts.add(part(part, who)));
        if (parts.isEmpty() && who != Who.TOOL) {
            throw message.invalid("content", "at least one part is required");
        }
        return parts;
    }

    private static Part part(Fields part, Who who) {
        String type = part.requiredText("type");
        if (type.equals("text")) {
            String text = part.text("text");
            if (text == null) {
                throw part.invalid("text", "a string is required");
            }
            return new Part.Text(text, List.of(), OpenAiFields.breakpoint(part), null);
        }
        if (type.equals("refusal") && who == Who.ASSISTANT) {
            return new Part.RefusalText(part.requiredText("refusal"));
        }
        if (who != Who.USER) {
            throw part.invalid("type", "only text is allowed in this role");
        }
        return media(part, type);
    }

    private static Part media(Fields part, String type) {
        return switch (type) {
            case "image_url" -> {
                Fields image = part.node().path("image_url").isTextual() ? part : part.requiredObject("image_url");
                String name = image == part ? "image_url" : "url";
                yield new Part.Image(DataUrls.source(image, name), image.text("detail"), OpenAiFields.breakpoint(part));
            }
            case "input_audio" -> {
                Fields audio = part.requiredObject("input_audio");
                String format = audio.requiredText("format");
                String media = format.equals("mp3") ? "audio/mpeg" : "audio/" + format;
                yield new Part.Audio(
                        new MediaSource.Base64(media, audio.requiredText("data")),
                        format,
                        OpenAiFields.breakpoint(part));
            }
            case "file" -> file(part.requiredObject("file"), OpenAiFields.breakpoint(part));
            case "file_url" -> {
                MediaSource source = DataUrls.source(part.requiredObject("file_url"), "url");
                yield new Part.Document(source, null, null, null, null, OpenAiFields.breakpoint(part));
            }
            case "video_url", "input_video" -> new Part.Video(DataUrls.source(part.requiredObject(type), "url"), null);
            case "audio_url" ->
                new Part.Audio(DataUrls.source(part.requiredObject(type), "url"), null, OpenAiFields.breakpoint(part));
            default -> throw part.invalid("type", "'" + type + "' is not a known part");
        };
    }

    private static Part file(Fields file, @Nullable CacheHint cache) {
        String id = file.text("file_id");
        MediaSource source;
        if (id != null) {
            source = new MediaSource.FileId(OpenAiChatProtocol.NAME, id);
        } else {
            String data = file.requiredText("file_data");
            source = data.startsWith("data:")
                    ? DataUrls.source(file, "file_data")
                    : new MediaSource.Base64("application/pdf", data);
        }
        return new Part.Document(source, file.text("filename"), null, null, null, cache);
    }
}
