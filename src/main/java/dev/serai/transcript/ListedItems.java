package dev.serai.transcript;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Input items as OpenAI lists them (API description of 2026-08-21, {@code ItemResource}): each with a type and an id, and the
 * content of a message as parts. An item that came without an id gets one made of its place, the same at every listing.
 */
final class ListedItems {

    private static final Map<String, String> PREFIXES = Map.of(
            "message", "msg",
            "reasoning", "rs",
            "function_call", "fc",
            "function_call_output", "fco",
            "custom_tool_call", "ctc",
            "custom_tool_call_output", "ctco");

    private ListedItems() {}

    static List<ObjectNode> of(Transcript transcript) {
        String tail = transcript.responseId().replaceFirst("^resp_", "");
        var listed = new ArrayList<ObjectNode>();
        for (JsonNode item : tree(transcript.inputItems())) {
            if (item instanceof ObjectNode object) {
                listed.add(listed(object, tail + "_" + listed.size()));
            }
        }
        return listed;
    }

    private static JsonNode tree(byte[] items) {
        try {
            return Json.tree(items, 0, items.length);
        } catch (IOException e) {
            throw new IllegalStateException("a kept list of items is not JSON", e);
        }
    }

    private static ObjectNode listed(ObjectNode item, String tail) {
        if (!item.path("type").isTextual()) {
            item.put("type", item.has("role") ? "message" : "item_reference");
        }
        String type = item.path("type").textValue();
        if (!item.path("id").isTextual()) {
            item.put("id", PREFIXES.getOrDefault(type, "item") + "_" + tail);
        }
        JsonNode content = item.path("content");
        if (type.equals("message") && content.isTextual()) {
            boolean said = item.path("role").asText().equals("assistant");
            var part = Json.object().put("type", said ? "output_text" : "input_text");
            part.set("text", content);
            if (said) {
                part.putArray("annotations");
            }
            item.putArray("content").add(part);
        }
        return item;
    }
}
