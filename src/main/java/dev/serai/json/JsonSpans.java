package dev.serai.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Finds the spans of single values. */
public final class JsonSpans {

    private JsonSpans() {}

    /** The elements of an array inside bytes that were scanned before. */
    public static List<Span> elements(byte[] body, Span array) {
        try (JsonParser parser = Json.parser(body, array.from(), array.to())) {
            parser.nextToken();
            var spans = new ArrayList<Span>();
            while (true) {
                JsonToken token = parser.nextToken();
                if (token == null || token == JsonToken.END_ARRAY) {
                    return spans;
                }
                spans.add(current(parser, token, body, array.from()));
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("not a JSON array", e);
        }
    }

    /** Where the name stands on which the parser is. */
    static Span name(JsonParser parser, byte[] body, int origin) {
        int from = origin + (int) parser.currentTokenLocation().getByteOffset();
        return new Span(from, stringEnd(body, from));
    }

    /** Moves a parser from a field's name over its value; {@code origin} is where the parser's bytes begin. */
    public static Span value(JsonParser parser, byte[] body, int origin) throws IOException {
        return current(parser, parser.nextToken(), body, origin);
    }

    /** The span of the parser's current value, skipping what is inside of it. */
    public static Span current(JsonParser parser, JsonToken token, byte[] body, int origin) throws IOException {
        int from = origin + (int) parser.currentTokenLocation().getByteOffset();
        if (token.isStructStart()) {
            parser.skipChildren();
            return new Span(from, origin + (int) parser.currentTokenLocation().getByteOffset() + 1);
        }
        return new Span(from, scalarEnd(body, from, token));
    }

    /** Where a scalar that begins at {@code from} ends; the bytes may still turn out to be broken behind it. */
    static int scalarEnd(byte[] body, int from, JsonToken token) {
        if (token == JsonToken.VALUE_STRING) {
            return stringEnd(body, from);
        }
        int at = from;
        while (at < body.length && isScalarByte(body[at])) {
            at++;
        }
        return at;
    }

    private static int stringEnd(byte[] body, int from) {
        int at = from + 1;
        while (at < body.length && body[at] != '"') {
            at += body[at] == '\\' ? 2 : 1;
        }
        return Math.min(at + 1, body.length);
    }

    private static boolean isScalarByte(byte b) {
        return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b == '-' || b == '+' || b == '.' || b == 'E';
    }
}
