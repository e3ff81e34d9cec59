package dev.serai.protocol.anthropicmessages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Schemas as the wire takes them: a tool's is an object at its root, without alternatives there; an answer's objects are closed. */
final class ToolSchema {

    private static final List<String> ALTERNATIVES = List.of("anyOf", "oneOf", "allOf");

    private ToolSchema() {}

    /** A tool's schema: untouched where it is an object already. */
    static JsonNode object(@Nullable JsonNode schema) {
        if (!(schema instanceof ObjectNode root)) {
            ObjectNode empty = Json.object().put("type", "object");
            empty.putObject("properties");
            return empty;
        }
        boolean alternatives = ALTERNATIVES.stream().anyMatch(root::has);
        if (!alternatives && root.path("type").asText().equals("object")) {
            return root;
        }
        ObjectNode merged = root.deepCopy();
        merged.put("type", "object");
        for (String name : ALTERNATIVES) {
            JsonNode members = merged.remove(name);
            if (members != null) {
                members.forEach(member -> merge(member, merged));
            }
        }
        if (alternatives) {
            merged.remove("required");
        }
        if (!merged.path("properties").isObject()) {
            merged.putObject("properties");
        }
        return merged;
    }

    /** The first alternative that has a property tells what it is like. */
    private static void merge(JsonNode alternative, ObjectNode into) {
        ObjectNode properties =
                into.path("properties") instanceof ObjectNode there ? there : into.putObject("properties");
        alternative.path("properties").properties().forEach(property -> {
            if (!properties.has(property.getKey())) {
                properties.set(property.getKey(), property.getValue());
            }
        });
    }

    /** An answer's schema with every object closed. */
    static JsonNode closed(JsonNode schema) {
        JsonNode copy = schema.deepCopy();
        close(copy);
        return copy;
    }

    private static void close(JsonNode node) {
        node.forEach(ToolSchema::close);
        if (node instanceof ObjectNode object
                && object.path("type").asText().equals("object")
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
    }
}
