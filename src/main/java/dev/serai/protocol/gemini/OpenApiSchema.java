package dev.serai.protocol.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Gemini's {@code Schema}, a dialect of OpenAPI 3.0, as the JSON schema that other protocols take. */
final class OpenApiSchema {

    private static final List<String> TYPES =
            List.of("TYPE_UNSPECIFIED", "STRING", "NUMBER", "INTEGER", "BOOLEAN", "ARRAY", "OBJECT", "NULL");
    private static final Set<String> COUNTS =
            Set.of("minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties");
    private static final Set<String> HINTS = Set.of("propertyOrdering", "example", "nullable");

    private OpenApiSchema() {}

    static JsonNode toJsonSchema(JsonNode schema) {
        if (!schema.isObject()) {
            return schema;
        }
        ObjectNode out = Json.object();
        schema.properties().forEach(member -> member(ProtoJson.camelName(member.getKey()), member.getValue(), out));
        if (schema.path("nullable").asBoolean(false)) {
            allowNull(out);
        }
        return out;
    }

    private static void member(String name, JsonNode value, ObjectNode out) {
        if (value.isNull() || HINTS.contains(name)) {
            return;
        }
        switch (name) {
            case "type" -> type(value, out);
            case "properties", "$defs", "definitions" -> {
                ObjectNode properties = out.putObject(name);
                value.properties().forEach(it -> properties.set(it.getKey(), toJsonSchema(it.getValue())));
            }
            case "items" -> out.set(name, toJsonSchema(value));
            case "anyOf", "oneOf", "allOf" -> {
                ArrayNode choices = out.putArray(name);
                value.forEach(it -> choices.add(toJsonSchema(it)));
            }
            default -> {
                boolean number = COUNTS.contains(name) && value.isTextual() && digits(value.textValue());
                out.set(name, number ? Json.object().numberNode(Long.parseLong(value.textValue())) : value);
            }
        }
    }

    private static boolean digits(String text) {
        return !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static void type(JsonNode value, ObjectNode out) {
        if (value.isInt() && value.intValue() > 0 && value.intValue() < TYPES.size()) {
            out.put("type", TYPES.get(value.intValue()).toLowerCase(Locale.ROOT));
        } else if (value.isTextual()) {
            if (!value.textValue().equalsIgnoreCase(TYPES.getFirst())) {
                out.put("type", value.textValue().toLowerCase(Locale.ROOT));
            }
        } else if (value.isArray()) {
            out.set("type", value);
        }
    }

    private static void allowNull(ObjectNode schema) {
        if (schema.path("type").isTextual()) {
            String type = schema.path("type").textValue();
            schema.putArray("type").add(type).add("null");
        }
        if (schema.get("enum") instanceof ArrayNode values) {
            schema.set("enum", values.deepCopy().addNull());
        }
    }
}
