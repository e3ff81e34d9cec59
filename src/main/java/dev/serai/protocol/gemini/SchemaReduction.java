package dev.serai.protocol.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON schema as Gemini's {@code Schema}, for models and versions of the API that take nothing else. What the dialect
 * does not know is left out; references are written out, to a depth and a size that a schema cannot exceed. Used once.
 */
final class SchemaReduction {

    private static final int MAX_REFERENCES = 5;
    private static final int MAX_NODES = 5_000;
    private static final Set<String> KEPT = Set.of(
            "title",
            "description",
            "nullable",
            "minItems",
            "maxItems",
            "minimum",
            "maximum",
            "minLength",
            "maxLength",
            "minProperties",
            "maxProperties",
            "pattern",
            "propertyOrdering");
    private static final Set<String> FORMATS = Set.of("date-time", "enum", "int32", "int64", "float", "double");

    private final JsonNode root;
    private int nodes;

    private SchemaReduction(JsonNode root) {
        this.root = root;
    }

    static ObjectNode of(JsonNode schema) {
        return new SchemaReduction(schema).reduce(schema, 0);
    }

    private ObjectNode reduce(JsonNode schema, int references) {
        ObjectNode out = Json.object();
        if (++nodes > MAX_NODES || references > MAX_REFERENCES) {
            return out.put("type", "OBJECT");
        }
        if (!schema.isObject()) {
            return out.put("type", "STRING");
        }
        String reference = schema.path("$ref").textValue();
        if (reference != null) {
            JsonNode target = resolve(reference);
            ObjectNode written = target == null ? out.put("type", "OBJECT") : reduce(target, references + 1);
            if (schema.path("description").isTextual()) {
                written.set("description", schema.get("description"));
            }
            return written;
        }
        JsonNode whole = schema.path("allOf").isArray() ? merged(schema, references) : schema;
        members(whole, references, out);
        return out;
    }

    private @Nullable JsonNode resolve(String reference) {
        if (!reference.startsWith("#/") || reference.length() > 500) {
            return reference.equals("#") ? root : null;
        }
        JsonNode target = root;
        for (String step : reference.substring(2).split("/")) {
            target = target.path(step.replace("~1", "/").replace("~0", "~"));
        }
        return target.isObject() ? target : null;
    }

    /** All branches and the schema around them as one; what is given twice keeps the first. */
    private ObjectNode merged(JsonNode schema, int references) {
        ObjectNode all = Json.object();
        var branches = new ArrayList<JsonNode>();
        branches.add(schema);
        schema.path("allOf").forEach(branches::add);
        for (JsonNode branch : branches) {
            String reference = branch.path("$ref").textValue();
            JsonNode target = reference == null ? branch : references < MAX_REFERENCES ? resolve(reference) : null;
            if (target != null) {
                nodes++;
                target.properties().forEach(member -> addTo(all, member));
            }
        }
        all.remove("allOf");
        return all;
    }

    private static void addTo(ObjectNode all, Map.Entry<String, JsonNode> member) {
        JsonNode before = all.get(member.getKey());
        if (before == null) {
            all.set(member.getKey(), member.getValue());
        } else if (before.isObject() && member.getKey().equals("properties")) {
            ObjectNode both = Json.object();
            member.getValue().properties().forEach(it -> both.set(it.getKey(), it.getValue()));
            before.properties().forEach(it -> both.set(it.getKey(), it.getValue()));
            all.set("properties", both);
        } else if (before.isArray() && member.getKey().equals("required")) {
            ArrayNode both = Json.array();
            before.forEach(both::add);
            member.getValue().forEach(both::add);
            all.set("required", both);
        }
    }

    private void members(JsonNode schema, int references, ObjectNode out) {
        for (Map.Entry<String, JsonNode> member : schema.properties()) {
            if (KEPT.contains(member.getKey())) {
                out.set(member.getKey(), member.getValue());
            }
        }
        type(schema.path("type"), out);
        choices(schema, references, out);
        String format = schema.path("format").textValue();
        if (format != null && FORMATS.contains(format)) {
            out.put("format", format);
        }
        values(schema, out);
        if (schema.path("properties").isObject()) {
            properties(schema, references, out);
        }
        if (schema.has("items")) {
            out.set("items", reduce(schema.get("items"), references));
        } else if (out.path("type").asText().equals("ARRAY")) {
            out.putObject("items").put("type", "STRING");
        }
        if (!out.has("type") && !out.has("anyOf")) {
            out.put("type", out.has("properties") ? "OBJECT" : out.has("items") ? "ARRAY" : "STRING");
        }
    }

    private static void type(JsonNode type, ObjectNode out) {
        if (type.isTextual()) {
            out.put("type", type.textValue().toUpperCase(Locale.ROOT));
            return;
        }
        List<String> names = new ArrayList<>();
        for (JsonNode name : type) {
            if (name.asText().equals("null")) {
                out.put("nullable", true);
            } else {
                names.add(name.asText().toUpperCase(Locale.ROOT));
            }
        }
        if (names.size() == 1) {
            out.put("type", names.getFirst());
        } else if (names.size() > 1) {
            ArrayNode any = out.putArray("anyOf");
            names.forEach(name -> {
                ObjectNode one = any.addObject().put("type", name);
                if (name.equals("ARRAY")) {
                    one.putObject("items").put("type", "STRING");
                }
            });
        }
    }

    private void choices(JsonNode schema, int references, ObjectNode out) {
        JsonNode choices = schema.path(schema.path("anyOf").isArray() ? "anyOf" : "oneOf");
        if (!choices.isArray()) {
            return;
        }
        ArrayNode any = Json.array();
        for (JsonNode choice : choices) {
            if (choice.path("type").asText().equals("null")) {
                out.put("nullable", true);
            } else {
                any.add(reduce(choice, references));
            }
        }
        if (any.size() == 1 && any.get(0) instanceof ObjectNode only) {
            only.properties().forEach(member -> out.putIfAbsent(member.getKey(), member.getValue()));
        } else if (!any.isEmpty()) {
            out.remove("type");
            out.set("anyOf", any);
        }
    }

    /** Values of strings only: the dialect has no other. */
    private static void values(JsonNode schema, ObjectNode out) {
        String type = out.path("type").asText("STRING");
        JsonNode values = schema.has("const") ? Json.array().add(schema.get("const")) : schema.path("enum");
        if (!values.isArray() || !type.equals("STRING") || out.has("anyOf")) {
            return;
        }
        ArrayNode texts = Json.array();
        for (JsonNode value : values) {
            if (value.isNull()) {
                out.put("nullable", true);
            } else if (value.isValueNode()) {
                texts.add(value.asText());
            }
        }
        if (!texts.isEmpty()) {
            out.put("type", "STRING").set("enum", texts);
        }
    }

    private void properties(JsonNode schema, int references, ObjectNode out) {
        ObjectNode properties = Json.object();
        schema.path("properties")
                .properties()
                .forEach(it -> properties.set(it.getKey(), reduce(it.getValue(), references)));
        if (properties.isEmpty()) {
            return;
        }
        out.set("properties", properties);
        ArrayNode required = Json.array();
        for (JsonNode name : schema.path("required")) {
            if (properties.has(name.asText())) {
                required.add(name.asText());
            }
        }
        if (!required.isEmpty()) {
            out.set("required", required);
        }
    }
}
