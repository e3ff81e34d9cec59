package dev.serai.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One walk over a request body: checks the limits, keeps the spans of the top level. Used once. */
final class BodyScan {

    private static final int UTF8_BOM = 0xEF;

    private final byte[] body;
    private final List<JsonMember> members = new ArrayList<>();
    private final int[] counts = new int[Json.MAX_DEPTH + 1];
    private int depth;

    BodyScan(byte[] body) {
        this.body = body;
    }

    JsonObjectSpans scan() {
        checkBytes();
        try (JsonParser parser = Json.parser(body, 0, body.length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw refusal(null, "The request body must be a JSON object.");
            }
            int from = (int) parser.currentTokenLocation().getByteOffset();
            int to = walk(parser);
            if (parser.nextToken() != null) {
                throw refusal(null, "Nothing may follow the JSON object of the request body.");
            }
            return new JsonObjectSpans(new Span(from, to), members);
        } catch (StreamConstraintsException e) {
            throw refusal(
                    null,
                    "A number or a name in the request body is too long: a number may have " + Json.MAX_NUMBER
                            + " digits.");
        } catch (JacksonException | IllegalStateException e) {
            throw refusal(null, "The request body is not valid JSON.");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void checkBytes() {
        if (body.length > Json.MAX_STRING) {
            throw new Refusal(Kind.REQUEST_TOO_LARGE, "The request body exceeds 32 MiB.");
        }
        if (body.length == 0) {
            throw refusal(null, "The request body is empty; a JSON object is expected.");
        }
        // a zero byte or a mark up front is UTF-16, UTF-32 or a byte order mark
        int head = Math.min(4, body.length);
        for (int i = 0; i < head; i++) {
            if (body[i] == 0 || i == 0 && (body[0] & 0xFF) >= UTF8_BOM) {
                throw refusal(null, "The request body must be JSON in UTF-8, without a byte order mark.");
            }
        }
        if (!Utf8.isValid(body)) {
            throw refusal(null, "The request body is not valid UTF-8.");
        }
    }

    /** From behind the opening brace to behind the closing one. */
    private int walk(JsonParser parser) throws IOException {
        depth = 1;
        while (true) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                throw refusal(null, "The request body is not valid JSON.");
            }
            if (token == JsonToken.FIELD_NAME) {
                count(parser);
                if (depth == 1) {
                    topLevel(parser);
                }
            } else if (token.isStructStart()) {
                open(parser);
            } else if (token.isStructEnd() && --depth == 0) {
                return (int) parser.currentTokenLocation().getByteOffset() + 1;
            } else if (token == JsonToken.VALUE_NUMBER_FLOAT) {
                number(parser);
            }
        }
    }

    /** Notes a member; an array or object as its value is closed by {@code walkValue}. */
    private void topLevel(JsonParser parser) throws IOException {
        String name = parser.currentName();
        Span nameSpan = JsonSpans.name(parser, body, 0);
        JsonToken token = parser.nextToken();
        int from = (int) parser.currentTokenLocation().getByteOffset();
        int to;
        if (token.isStructStart()) {
            open(parser);
            to = walkValue(parser);
        } else {
            if (token == JsonToken.VALUE_NUMBER_FLOAT) {
                number(parser);
            }
            to = JsonSpans.scalarEnd(body, from, token);
        }
        members.add(new JsonMember(name, nameSpan, new Span(from, to)));
    }

    private int walkValue(JsonParser parser) throws IOException {
        while (true) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                throw refusal(null, "The request body is not valid JSON.");
            }
            if (token == JsonToken.FIELD_NAME) {
                count(parser);
            } else if (token.isStructStart()) {
                open(parser);
            } else if (token.isStructEnd() && --depth == 1) {
                return (int) parser.currentTokenLocation().getByteOffset() + 1;
            } else if (token == JsonToken.VALUE_NUMBER_FLOAT) {
                number(parser);
            }
        }
    }

    private void open(JsonParser parser) {
        if (++depth > Json.MAX_DEPTH) {
            String path = path(parser.getParsingContext().getParent());
            throw refusal(path, path + " is nested deeper than " + Json.MAX_DEPTH + " levels.");
        }
        counts[depth] = 0;
    }

    private void count(JsonParser parser) {
        if (++counts[depth] > Json.MAX_MEMBERS) {
            String path = path(parser.getParsingContext().getParent());
            throw refusal(
                    path.isEmpty() ? null : path,
                    (path.isEmpty() ? "The request body" : path) + " has more than " + Json.MAX_MEMBERS + " members.");
        }
    }

    /** A number that is small on the wire and endless when it is reckoned with. */
    private static void number(JsonParser parser) throws IOException {
        String text = parser.getText();
        int exponent = Math.max(text.lastIndexOf('e'), text.lastIndexOf('E'));
        long digits = exponent < 0
                ? 0
                : text.chars().skip(exponent).filter(Character::isDigit).count();
        if (digits > Json.MAX_EXPONENT) {
            String path = path(parser.getParsingContext());
            throw refusal(path, path + ": the exponent of a number may have " + Json.MAX_EXPONENT + " digits.");
        }
    }

    private static String path(@Nullable JsonStreamContext context) {
        if (context == null || context.inRoot()) {
            return "";
        }
        String parent = path(context.getParent());
        if (context.inArray()) {
            return parent + "[" + context.getCurrentIndex() + "]";
        }
        return parent.isEmpty() ? "" + context.getCurrentName() : parent + "." + context.getCurrentName();
    }

    private static Refusal refusal(@Nullable String param, String message) {
        return new Refusal(new Failure(Kind.INVALID_REQUEST, FailureClass.CLIENT, message, param, null));
    }
}
