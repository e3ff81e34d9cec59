package dev.serai.protocol.openairesponses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Fields;
import dev.serai.message.CacheHint;
import dev.serai.message.Citation;
import dev.serai.message.MediaSource;
import dev.serai.message.Part;
import dev.serai.protocol.DataUrls;
import dev.serai.protocol.OpenAiFields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The content of messages and of tool outputs: a text or an array of parts. */
final class PartsDecoder {

    /** The roles, as far as they differ in the parts they may hold. */
    enum Who {
        SYSTEM,
        USER,
        ASSISTANT,
        TOOL
    }

    private PartsDecoder() {}

    /** @param name the member that holds the content */
    static List<Part> content(Fields item, String name, Who who) {
        JsonNode content = item.get(name);
        if (content == null) {
            throw item.invalid(name, "a text or an array of parts is required");
        }
        if (content.isTextual()) {
            return List.of(new Part.Text(content.textValue()));
        }
        var parts = new ArrayList<Part>();
        item.each(name, part -> parts.add(part(part, who)));
        return parts;
    }

    private static Part part(Fields part, Who who) {
        String type = part.requiredText("type");
        if (who == Who.ASSISTANT) {
            return switch (type) {
                case "output_text" -> new Part.Text(text(part), citations(part.node()), null, null);
                case "refusal" -> new Part.RefusalText(part.requiredText("refusal"));
                default -> throw part.invalid("type", "an assistant's part is output_text or refusal");
            };
        }
        if (type.equals("input_text")) {
            return new Part.Text(text(part), List.of(), OpenAiFields.breakpoint(part), null);
        }
        if (who == Who.SYSTEM) {
            throw part.invalid("type", "only input_text is allowed in this role");
        }
        return media(part, type);
    }

    private static String text(Fields part) {
        String text = part.text("text");
        if (text == null) {
            throw part.invalid("text", "a string is required");
        }
        return text;
    }

    private static Part media(Fields part, String type) {
        CacheHint cache = OpenAiFields.breakpoint(part);
        return switch (type) {
            case "input_image" -> new Part.Image(image(part), detail(part), cache);
            case "input_file" -> new Part.Document(file(part), part.text("filename"), null, null, null, cache);
            case "input_audio" -> {
                Fields audio = part.requiredObject("input_audio");
                String format = audio.requiredText("format");
                String media = format.equals("mp3") ? "audio/mpeg" : "audio/" + format;
                yield new Part.Audio(new MediaSource.Base64(media, audio.requiredText("data")), format, cache);
            }
            default -> throw part.invalid("type", "'" + shown(type) + "' is not a known part");
        };
    }

    /** What need not be said is not said. */
    private static @Nullable String detail(Fields part) {
        String detail = part.text("detail");
        return "auto".equals(detail) ? null : detail;
    }

    private static MediaSource image(Fields part) {
        String id = part.text("file_id");
        return id == null
                ? DataUrls.source(part, "image_url")
                : new MediaSource.FileId(OpenAiResponsesProtocol.NAME, id);
    }

    private static MediaSource file(Fields part) {
        String id = part.text("file_id");
        if (id != null) {
            return new MediaSource.FileId(OpenAiResponsesProtocol.NAME, id);
        }
        if (part.has("file_url")) {
            return DataUrls.source(part, "file_url");
        }
        String data = part.requiredText("file_data");
        return data.startsWith("data:")
                ? DataUrls.source(part, "file_data")
                : new MediaSource.Base64("application/pdf", data);
    }

    /** The annotations of an output text. */
    static List<Citation> citations(JsonNode part) {
        var citations = new ArrayList<Citation>();
        part.path("annotations").forEach(annotation -> citations.add(citation(annotation)));
        return citations;
    }

    static Citation citation(JsonNode annotation) {
        JsonNode url = annotation.path("url");
        return new Citation(
                url.isTextual() ? url.textValue() : null,
                annotation.path("title").asText(annotation.path("filename").asText("")),
                null,
                annotation.path("start_index").asInt(-1),
                annotation.path("end_index").asInt(-1),
                OpenAiResponsesProtocol.NAME,
                annotation);
    }

    static String shown(String text) {
        return text.length() <= 64 ? text : text.substring(0, 64) + "…";
    }
}
