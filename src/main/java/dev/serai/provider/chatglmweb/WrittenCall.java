package dev.serai.provider.chatglmweb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A call of a tool as a model writes it into its text.
 *
 * @param arguments a JSON object
 */
record WrittenCall(String name, String arguments) {

    private static final String[] ARGUMENTS = {"arguments", "parameters", "input"};

    /** The calls in an object, or none when any of it is not a call of one of these tools. */
    static List<WrittenCall> read(String json, Set<String> tools) {
        JsonNode tree;
        try {
            tree = Json.lenientTree(json);
        } catch (IOException notJson) {
            return List.of();
        }
        JsonNode list = tree.path("tool_calls");
        if (!list.isArray()) {
            var one = one(tree, tools);
            return one == null ? List.of() : List.of(one);
        }
        var calls = new ArrayList<WrittenCall>();
        for (JsonNode item : list) {
            var call = one(item.path("function").isObject() ? item.path("function") : item, tools);
            if (call == null) {
                return List.of();
            }
            calls.add(call);
        }
        return calls;
    }

    private static @Nullable WrittenCall one(JsonNode item, Set<String> tools) {
        String name = item.path("name").asText("");
        if (!tools.contains(name)) {
            return null;
        }
        for (String member : ARGUMENTS) {
            if (item.has(member)) {
                return of(name, item.get(member));
            }
        }
        return new WrittenCall(name, "{}");
    }

    private static @Nullable WrittenCall of(String name, JsonNode arguments) {
        if (arguments.isObject()) {
            return new WrittenCall(name, text(arguments));
        }
        if (arguments.isNull() || arguments.isTextual() && arguments.textValue().isBlank()) {
            return new WrittenCall(name, "{}");
        }
        if (!arguments.isTextual()) {
            return null;
        }
        try {
            JsonNode inner = Json.lenientTree(arguments.textValue());
            return inner.isObject() ? new WrittenCall(name, text(inner)) : null;
        } catch (IOException notJson) {
            return null;
        }
    }

    private static String text(JsonNode node) {
        return new String(Json.bytes(node), StandardCharsets.UTF_8);
    }
}
