package dev.serai.protocol.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Fields;
import dev.serai.json.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JSON as the Protocol Buffers guide maps it: names in camel or in snake case, numbers also as strings, enums by name or
 * by number.
 */
final class ProtoJson {

    /** Members whose inside is the caller's own. */
    private static final Set<String> FREE = Set.of(
            "args",
            "response",
            "partialArgs",
            "parameters",
            "parametersJsonSchema",
            "responseSchema",
            "responseJsonSchema",
            "_responseJsonSchema",
            "labels");

    private static final int MAX_NUMBER = 64;

    private ProtoJson() {}

    /** The tree with every name of the protocol in camel case; a member given in both spellings keeps the camel one. */
    static JsonNode camel(JsonNode node) {
        if (node.isArray()) {
            ArrayNode array = Json.array();
            node.forEach(element -> array.add(camel(element)));
            return array;
        }
        if (!node.isObject()) {
            return node;
        }
        ObjectNode object = Json.object();
        node.properties().forEach(member -> {
            String name = camelName(member.getKey());
            if (name.equals(member.getKey()) || !node.hasNonNull(name)) {
                object.set(name, FREE.contains(name) ? member.getValue() : camel(member.getValue()));
            }
        });
        return object;
    }

    static String camelName(String name) {
        if (name.indexOf('_', 1) < 0) {
            return name;
        }
        var camel = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '_' && i > 0 && i + 1 < name.length()) {
                camel.append(Character.toUpperCase(name.charAt(++i)));
            } else {
                camel.append(c);
            }
        }
        return camel.toString();
    }

    static String snake(String camel) {
        var snake = new StringBuilder(camel.length() + 4);
        for (char c : camel.toCharArray()) {
            if (Character.isUpperCase(c)) {
                snake.append('_');
            }
            snake.append(Character.toLowerCase(c));
        }
        return snake.toString();
    }

    static @Nullable Long integer(Fields fields, String name, long min, long max) {
        BigDecimal value = decimal(fields, name);
        if (value == null) {
            return null;
        }
        long number;
        try {
            number = value.longValueExact();
        } catch (ArithmeticException e) {
            throw fields.invalid(name, "an integer is expected");
        }
        if (number < min || number > max) {
            throw fields.invalid(name, range(min, max));
        }
        return number;
    }

    static @Nullable Integer small(Fields fields, String name, int min, int max) {
        Long value = integer(fields, name, min, max);
        return value == null ? null : value.intValue();
    }

    static @Nullable Double number(Fields fields, String name, long min, long max) {
        BigDecimal value = decimal(fields, name);
        if (value == null) {
            return null;
        }
        double number = value.doubleValue();
        if (number < min || number > max) {
            throw fields.invalid(name, range(min, max));
        }
        return number;
    }

    private static String range(long min, long max) {
        return max == Long.MAX_VALUE || max == Integer.MAX_VALUE
                ? "at least " + min
                : "must be between " + min + " and " + max;
    }

    private static @Nullable BigDecimal decimal(Fields fields, String name) {
        JsonNode value = fields.get(name);
        if (value == null) {
            return null;
        }
        if (value.isNumber()) {
            return value.decimalValue();
        }
        if (!value.isTextual() || value.textValue().length() > MAX_NUMBER) {
            throw fields.invalid(name, "a number is expected");
        }
        try {
            return new BigDecimal(value.textValue());
        } catch (NumberFormatException e) {
            throw fields.invalid(name, "a number is expected");
        }
    }

    /**
     * An enum's name in capitals.
     *
     * @param numbered the names by their numbers
     */
    static @Nullable String constant(Fields fields, String name, List<String> numbered) {
        JsonNode value = fields.get(name);
        return value == null ? null : constant(value, fields, name, numbered);
    }

    static String constant(JsonNode value, Fields fields, String name, List<String> numbered) {
        if (value.isTextual()) {
            return value.textValue().toUpperCase(Locale.ROOT);
        }
        if (value.isInt() && value.intValue() >= 0 && value.intValue() < numbered.size()) {
            return numbered.get(value.intValue());
        }
        throw fields.invalid(name, "the name of a constant is expected");
    }
}
