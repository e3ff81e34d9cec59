package dev.serai.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.serai.message.Refusal;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads single members of an object from their spans. An absent member and a JSON null both read as null; a wrong type
 * is a {@link Refusal} that names the field.
 */
public final class Members {

    private final byte[] body;
    private final JsonObjectSpans spans;
    private final String prefix;

    private Members(byte[] body, JsonObjectSpans spans, String prefix) {
        this.body = body;
        this.spans = spans;
        this.prefix = prefix;
    }

    public static Members of(byte[] body, JsonObjectSpans spans) {
        return new Members(body, spans, "");
    }

    /** The member, unless it is absent or null. */
    public @Nullable Span present(String name) {
        Span span = spans.value(name);
        return span == null || body[span.from()] == 'n' ? null : span;
    }

    public @Nullable String text(String name) {
        Span span = present(name);
        if (span == null) {
            return null;
        }
        if (body[span.from()] != '"') {
            throw wrongType(name, "a string");
        }
        try (JsonParser parser = Json.parser(body, span.from(), span.to())) {
            parser.nextToken();
            return parser.getText();
        } catch (IOException e) {
            throw wrongType(name, "a string");
        }
    }

    /** Whether the member is exactly this string. */
    public boolean isText(String name, String text) {
        Span span = present(name);
        return span != null && body[span.from()] == '"' && text.equals(text(name));
    }

    public @Nullable Boolean flag(String name) {
        Span span = present(name);
        if (span == null) {
            return null;
        }
        return switch (body[span.from()]) {
            case 't' -> true;
            case 'f' -> false;
            default -> throw wrongType(name, "a boolean");
        };
    }

    /** A whole number. */
    public @Nullable Long integer(String name) {
        Span span = present(name);
        if (span == null) {
            return null;
        }
        try (JsonParser parser = Json.parser(body, span.from(), span.to())) {
            if (parser.nextToken() == JsonToken.VALUE_NUMBER_INT) {
                return parser.getLongValue();
            }
        } catch (IOException outOfRange) {
            throw wrongType(name, "an integer in 64 bits");
        }
        throw wrongType(name, "an integer");
    }

    public @Nullable Double number(String name) {
        Span span = present(name);
        if (span == null) {
            return null;
        }
        try (JsonParser parser = Json.parser(body, span.from(), span.to())) {
            if (parser.nextToken().isNumeric()) {
                return parser.getDoubleValue();
            }
        } catch (IOException outOfRange) {
            throw wrongType(name, "a number");
        }
        throw wrongType(name, "a number");
    }

    public boolean isArray(String name) {
        Span span = present(name);
        return span != null && body[span.from()] == '[';
    }

    /** The members of the object {@code name}, or null when it is absent or null. */
    public @Nullable Members object(String name) {
        Span span = present(name);
        if (span == null) {
            return null;
        }
        if (body[span.from()] != '{') {
            throw wrongType(name, "an object");
        }
        return new Members(body, JsonObjectSpans.within(body, span), prefix + name + ".");
    }

    public JsonObjectSpans spans() {
        return spans;
    }

    private Refusal wrongType(String name, String expected) {
        String path = prefix + name;
        return Refusal.invalid(path, path + ": " + expected + " is expected");
    }
}
