package dev.serai.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.message.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of one JSON object; absent and null are the same. A wrong type or value is a {@link Refusal} with
 * the field's path.
 *
 * @param path where the object stands, {@code ""} for the request itself
 */
public record Fields(JsonNode node, String path) {

    /** @throws Refusal when {@code node} is no object */
    public static Fields of(JsonNode node, String path) {
        if (!node.isObject()) {
            throw Refusal.invalid(path, path + ": an object is expected");
        }
        return new Fields(node, path);
    }

    public String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    public boolean has(String name) {
        return node.hasNonNull(name);
    }

    /** The member, or null when it is absent or null. */
    @Nullable
    public JsonNode get(String name) {
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? null : value;
    }

    @Nullable
    public String text(String name) {
        JsonNode value = get(name);
        if (value != null && !value.isTextual()) {
            throw invalid(name, "a string is expected");
        }
        return value == null ? null : value.textValue();
    }

    public String requiredText(String name) {
        String value = text(name);
        if (value == null || value.isEmpty()) {
            throw invalid(name, "a non-empty string is required");
        }
        return value;
    }

    @Nullable
    public Boolean flag(String name) {
        JsonNode value = get(name);
        if (value != null && !value.isBoolean()) {
            throw invalid(name, "a boolean is expected");
        }
        return value == null ? null : value.booleanValue();
    }

    @Nullable
    public Long integer(String name, long min, long max) {
        JsonNode value = get(name);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw invalid(name, "an integer is expected");
        }
        if (value.longValue() < min || value.longValue() > max) {
            throw invalid(name, max == Long.MAX_VALUE ? "at least " + min : "must be between " + min + " and " + max);
        }
        return value.longValue();
    }

    @Nullable
    public Integer small(String name, int min, int max) {
        Long value = integer(name, min, max);
        return value == null ? null : value.intValue();
    }

    @Nullable
    public Double number(String name, double min, double max) {
        JsonNode value = get(name);
        if (value == null) {
            return null;
        }
        if (!value.isNumber()) {
            throw invalid(name, "a number is expected");
        }
        double number = value.doubleValue();
        if (number < min || number > max) {
            throw invalid(name, "must be between " + (long) min + " and " + (long) max);
        }
        return number;
    }

    @Nullable
    public Fields object(String name) {
        JsonNode value = get(name);
        return value == null ? null : of(value, at(name));
    }

    public Fields requiredObject(String name) {
        Fields value = object(name);
        if (value == null) {
            throw invalid(name, "an object is required");
        }
        return value;
    }

    /** Visits the objects of an array. */
    public void each(String name, Consumer<Fields> visitor) {
        JsonNode array = get(name);
        if (array == null) {
            return;
        }
        if (!array.isArray()) {
            throw invalid(name, "an array is expected");
        }
        for (int i = 0; i < array.size(); i++) {
            visitor.accept(of(array.get(i), at(name) + "[" + i + "]"));
        }
    }

    public List<String> texts(String name) {
        JsonNode array = get(name);
        var texts = new ArrayList<String>();
        if (array == null) {
            return texts;
        }
        for (JsonNode element : array.isArray() ? array : List.of(array)) {
            if (!element.isTextual()) {
                throw invalid(name, "a string or an array of strings is expected");
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    public Refusal invalid(String name, String sentence) {
        return Refusal.invalid(at(name), at(name) + ": " + sentence);
    }
}
