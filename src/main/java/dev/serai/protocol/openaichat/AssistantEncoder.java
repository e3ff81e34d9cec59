package dev.serai.protocol.openaichat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.Citation;
import dev.serai.message.MediaSource;
import dev.serai.message.Part;
import dev.serai.message.ToolKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of an assistant message but its reasoning: one text, one refusal, the calls. */
final class AssistantEncoder {

    private AssistantEncoder() {}

    static void write(List<Part> parts, ObjectNode message) {
        message.putNull("content");
        ArrayNode calls = Json.array();
        for (Part part : parts) {
            switch (part) {
                case Part.Text it -> append(message, "content", it.text());
                case Part.RefusalText it -> append(message, "refusal", it.text());
                case Part.ToolCall it -> calls.add(call(it));
                case Part.Audio it -> audio(it.source(), message);
                case Part.Reasoning it -> {}
                case Part.Image it -> {}
                case Part.Document it -> {}
                case Part.Video it -> {}
                case Part.ToolResult it -> {}
                case Part.Opaque it -> {}
            }
        }
        if (!calls.isEmpty()) {
            message.set("tool_calls", calls);
        }
    }

    private static void append(ObjectNode message, String name, String text) {
        String before = message.hasNonNull(name) ? message.get(name).asText() : "";
        message.put(name, before + text);
    }

    private static ObjectNode call(Part.ToolCall call) {
        boolean custom = call.kind() == ToolKind.CUSTOM;
        ObjectNode node = Json.object().put("id", call.id()).put("type", custom ? "custom" : "function");
        if (custom) {
            node.putObject("custom").put("name", call.name()).put("input", call.arguments());
        } else {
            String arguments = call.arguments().isEmpty() ? "{}" : call.arguments();
            node.putObject("function").put("name", call.name()).put("arguments", arguments);
        }
        return node;
    }

    private static void audio(MediaSource source, ObjectNode message) {
        if (source instanceof MediaSource.FileId file && file.protocol().equals(OpenAiChatProtocol.NAME)) {
            message.putObject("audio").put("id", file.id());
        }
    }

    /** {@code url_citation} objects; citations without a URL have no form here. */
    static ArrayNode annotations(List<Citation> citations) {
        ArrayNode array = Json.array();
        citations.forEach(citation -> {
            ObjectNode node = annotation(citation);
            if (node != null) {
                array.add(node);
            }
        });
        return array;
    }

    private static @Nullable ObjectNode annotation(Citation citation) {
        if (citation.url() == null) {
            return null;
        }
        ObjectNode node = Json.object().put("type", "url_citation");
        node.putObject("url_citation")
                .put("start_index", Math.max(0, citation.start()))
                .put("end_index", Math.max(0, citation.end()))
                .put("title", citation.title() == null ? "" : citation.title())
                .put("url", citation.url());
        return node;
    }
}
