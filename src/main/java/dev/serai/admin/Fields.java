package dev.serai.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.message.Refusal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of a request, read strictly: nothing is converted, and a refusal names the field. */
final class Fields {

    private static final int SHOWN = 80;

    private final ObjectNode object;

    Fields(ObjectNode object) {
        this.object = object;
    }

    boolean isEmpty() {
        return object.isEmpty();
    }

    /** Whether the field is given, be it as null. */
    boolean has(String name) {
        return object.has(name);
    }

    /** Refuses fields that are not among {@code known}; {@code counted} are refused with the reason. */
    void allow(Set<String> known, Set<String> counted) {
        for (var field : object.properties()) {
            String name = field.getKey();
            if (known.contains(name)) {
                continue;
            }
            if (counted.contains(name)) {
                throw Refusal.invalid(name, label(name) + " is kept by the gateway and cannot be set");
            }
            throw Refusal.invalid(shown(name), "Unknown field '" + shown(name) + "'");
        }
    }

    /** A text, or null when it is absent or null. */
    @Nullable
    String text(String name) {
        JsonNode value = value(name);
        if (value != null && !value.isTextual()) {
            throw wrong(name, "a string");
        }
        return value == null ? null : value.textValue();
    }

    List<String> texts(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return List.of();
        }
        if (!value.isArray()) {
            throw wrong(name, "an array of strings");
        }
        var texts = new ArrayList<String>();
        for (var element : value) {
            if (!element.isTextual()) {
                throw Refusal.invalid(name + "[" + texts.size() + "]", label(name) + " must be an array of strings");
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    @Nullable
    Long wholeNumber(String name) {
        JsonNode value = value(name);
        if (value != null && !(value.isIntegralNumber() && value.canConvertToLong())) {
            throw wrong(name, "a whole number");
        }
        return value == null ? null : value.longValue();
    }

    @Nullable
    Integer smallNumber(String name) {
        Long value = wholeNumber(name);
        if (value != null && (value > Integer.MAX_VALUE || value < Integer.MIN_VALUE)) {
            throw wrong(name, "at most " + Integer.MAX_VALUE);
        }
        return value == null ? null : Integer.valueOf(value.intValue());
    }

    @Nullable
    BigDecimal amount(String name) {
        JsonNode value = value(name);
        if (value != null && !value.isNumber()) {
            throw wrong(name, "a number");
        }
        return value == null ? null : value.decimalValue();
    }

    @Nullable
    Boolean flag(String name) {
        JsonNode value = value(name);
        if (value != null && !value.isBoolean()) {
            throw wrong(name, "true or false");
        }
        return value == null ? null : Boolean.valueOf(value.booleanValue());
    }

    private @Nullable JsonNode value(String name) {
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private static Refusal wrong(String name, String what) {
        return Refusal.invalid(name, label(name) + " must be " + what);
    }

    /** The name of a field in words: {@code tokenLimitPer5h} is {@code Token limit per 5h}. */
    static String label(String name) {
        String words = name.replaceAll("([A-Z]|[0-9]+)", " $1").toLowerCase(Locale.ROOT);
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** A caller's text as it may be repeated: short, and of characters that every encoding has. */
    static String shown(String text) {
        return text.codePointCount(0, text.length()) > SHOWN
                ? clean(text.substring(0, text.offsetByCodePoints(0, SHOWN))) + "…"
                : clean(text);
    }

    /** The text without what no answer can carry. */
    static String clean(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
                        ? '?'
                        : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
