package dev.serai.protocol.openairesponses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Fields;
import dev.serai.json.Json;
import dev.serai.message.Part;
import dev.serai.message.ToolKind;
import dev.serai.protocol.OpenAiFields;
import java.nio.charset.StandardCharsets;

/** Items of the types {@code function_call} and {@code custom_tool_call}. */
final class CallItems {

    private static final int MAX_CALL_ID = 64;

    private CallItems() {}

    /** A call of a request's history. @throws dev.serai.message.Refusal when it lacks its id or name */
    static Part.ToolCall part(Fields item) {
        ToolKind kind = kind(item.node());
        String name = Namespaces.flat(item.text("namespace"), item.requiredText("name"));
        return new Part.ToolCall(item.requiredText("call_id"), name, kind, arguments(item.node(), kind), null);
    }

    static ToolKind kind(JsonNode item) {
        return item.path("type").asText().equals("custom_tool_call") ? ToolKind.CUSTOM : ToolKind.FUNCTION;
    }

    /** What the model wrote; an object, as some servers send, becomes text. */
    static String arguments(JsonNode item, ToolKind kind) {
        JsonNode arguments = item.path(kind == ToolKind.CUSTOM ? "input" : "arguments");
        if (arguments.isTextual()) {
            return arguments.textValue();
        }
        return arguments.isMissingNode() || arguments.isNull()
                ? ""
                : new String(Json.bytes(arguments), StandardCharsets.UTF_8);
    }

    /** A call of the history for an upstream. */
    static ObjectNode history(Part.ToolCall call) {
        boolean custom = call.kind() == ToolKind.CUSTOM;
        ObjectNode item = Json.object()
                .put("type", custom ? "custom_tool_call" : "function_call")
                .put("call_id", callId(call.id()))
                .put("name", call.name());
        if (custom) {
            return item.put("input", call.arguments());
        }
        return item.put("arguments", call.arguments().isEmpty() ? "{}" : call.arguments())
                .put("status", "completed");
    }

    /** An id that fits; a longer one is replaced by its digest, in the call and in its output. */
    static String callId(String id) {
        return id.length() <= MAX_CALL_ID
                ? id
                : "call_" + OpenAiFields.sha256(id).substring(0, 40);
    }
}
