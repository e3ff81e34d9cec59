package dev.serai.protocol.openaichat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Fields;
import dev.serai.message.Citation;
import dev.serai.message.MediaSource;
import dev.serai.message.Part;
import dev.serai.message.Refusal;
import dev.serai.protocol.DataUrls;
import java.util.ArrayList;
import java.util.List;

/** What an answer holds beside text and calls: citations, and images as compatible servers send them. */
final class MediaFields {

    private MediaFields() {}

    /** Adds images as parts and hangs citations on the first text. */
    static void addTo(List<Part> parts, JsonNode message) {
        List<Citation> citations = citations(message.path("annotations"));
        if (!citations.isEmpty()) {
            parts.replaceAll(part -> part instanceof Part.Text text
                    ? new Part.Text(text.text(), citations, text.cache(), text.signature())
                    : part);
        }
        parts.addAll(images(message.path("images")));
    }

    static List<Citation> citations(JsonNode annotations) {
        var citations = new ArrayList<Citation>();
        for (JsonNode annotation : annotations) {
            JsonNode it = annotation.path("url_citation");
            if (it.path("url").isTextual()) {
                citations.add(new Citation(
                        it.path("url").textValue(),
                        it.path("title").asText(""),
                        null,
                        it.path("start_index").asInt(-1),
                        it.path("end_index").asInt(-1),
                        OpenAiChatProtocol.NAME,
                        annotation));
            }
        }
        return citations;
    }

    static List<Part> images(JsonNode images) {
        var parts = new ArrayList<Part>();
        for (JsonNode image : images) {
            JsonNode url = image.path("image_url");
            if (url.path("url").isTextual()) {
                try {
                    MediaSource source = DataUrls.source(Fields.of(url, "image_url"), "url");
                    parts.add(new Part.Image(source, null, null));
                } catch (Refusal notAnImage) {
                    continue;
                }
            }
        }
        return parts;
    }
}
