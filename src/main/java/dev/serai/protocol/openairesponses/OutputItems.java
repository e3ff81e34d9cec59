package dev.serai.protocol.openairesponses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.MediaSource;
import dev.serai.message.Part;
import dev.serai.message.ToolKind;
import org.jspecify.annotations.Nullable;

/** The items of an answer and their parts. */
final class OutputItems {

    static final String COMPLETED = "completed";
    static final String INCOMPLETE = "incomplete";
    static final String IN_PROGRESS = "in_progress";

    private OutputItems() {}

    /** The id of the item at a place of the output; its first letters tell its type. */
    static String id(String prefix, String responseId, int place) {
        return prefix + "_" + responseId + "_" + place;
    }

    static ObjectNode message(String id, String status, ArrayNode content) {
        return Json.object()
                .put("id", id)
                .put("type", "message")
                .put("status", status)
                .put("role", "assistant")
                .set("content", content);
    }

    static ObjectNode text(String text) {
        return text(text, Json.array(), Json.array());
    }

    static ObjectNode text(String text, ArrayNode annotations, ArrayNode logprobs) {
        ObjectNode part = Json.object().put("type", "output_text").put("text", text);
        part.set("annotations", annotations);
        part.set("logprobs", logprobs);
        return part;
    }

    static ObjectNode refusal(String text) {
        return Json.object().put("type", "refusal").put("refusal", text);
    }

    /** @param place where a tool of this flat name stands, when it is in a namespace */
    static ObjectNode call(String id, Part.ToolCall call, Namespaces.@Nullable Place place, String status) {
        boolean custom = call.kind() == ToolKind.CUSTOM;
        ObjectNode item = Json.object()
                .put("id", id)
                .put("type", custom ? "custom_tool_call" : "function_call")
                .put("status", status)
                .put("call_id", call.id());
        if (place != null) {
            item.put("namespace", place.namespace());
        }
        return item.put("name", place == null ? call.name() : place.name())
                .put(custom ? "input" : "arguments", call.arguments());
    }

    /** The prefix of a call's item id. */
    static String callPrefix(ToolKind kind) {
        return kind == ToolKind.CUSTOM ? "ctc" : "fc";
    }

    /** An image that the model made, as far as its bytes are here. */
    static @Nullable ObjectNode image(String id, Part.Image image, String status) {
        return image.source() instanceof MediaSource.Base64 data
                ? Json.object()
                        .put("id", id)
                        .put("type", "image_generation_call")
                        .put("status", status)
                        .put("result", data.data())
                : null;
    }

    /** What is said of an image that has only an address; {@code ""} for nothing. */
    static String imageText(Part.Image image) {
        return image.source() instanceof MediaSource.Url url ? "![image](" + url.url() + ")" : "";
    }

    /** An item of this protocol as it came; one without an id gets one. */
    static @Nullable ObjectNode opaque(String id, Part.Opaque part) {
        JsonNode raw = part.raw();
        if (!part.protocol().equals(OpenAiResponsesProtocol.NAME) || !raw.isObject()) {
            return null;
        }
        ObjectNode item = raw.deepCopy();
        if (!item.path("id").isTextual()) {
            item.put("id", id);
        }
        return item;
    }
}
