package dev.serai.protocol.openairesponses;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.serai.json.Json;
import dev.serai.json.JsonSpans;
import dev.serai.json.Span;
import dev.serai.message.TokenMeter;
import dev.serai.message.Usage;
import dev.serai.protocol.UpstreamError;
import dev.serai.protocol.UpstreamErrorFields;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One token walk over an event or a whole answer: what the gateway must know of it and where the model's name stands.
 * Reused for every event of a stream; the fields are those of the last walk.
 */
final class AnswerScan {

    private static final Set<String> TEXTS = Set.of("text", "refusal", "arguments", "input");

    /** The event's type; {@code ""} in a whole answer. */
    String type = "";

    /** Or -1. */
    long sequence;

    /** Where the response's {@code model} stands, when it is a string. */
    @Nullable
    Span model;

    @Nullable
    Usage usage;

    @Nullable
    UpstreamError error;

    /** Whether there is a response object with an {@code output}. */
    boolean output;

    String id = "";
    long created;
    String status = "";
    String incomplete = "";

    /** The type of the event's item, else {@code ""}. */
    String item = "";

    boolean calls;

    /** How long the event's {@code delta} is. */
    int deltaLength;

    /** How long text, reasoning and arguments in items are. */
    long itemLength;

    /** Of the deltas of all walks. */
    final TokenMeter deltas = new TokenMeter();

    /** Of the items. */
    TokenMeter items = new TokenMeter();

    private String code = "";
    private String message = "";
    private byte[] bytes = {};
    private int origin;

    /** @throws IOException when the bytes are not one JSON object */
    void walkEvent(byte[] source, int from, int to) throws IOException {
        walk(source, from, to, true);
        if (type.equals("error") && error == null) {
            error = new UpstreamError(code, "", message);
        }
    }

    /** @throws IOException when the bytes are not one JSON object */
    void walkWhole(byte[] source) throws IOException {
        walk(source, 0, source.length, false);
    }

    private void walk(byte[] source, int from, int to, boolean event) throws IOException {
        reset(source, from);
        try (JsonParser parser = Json.parser(source, from, to)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not an object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken token = parser.nextToken();
                if (event) {
                    eventMember(parser, name, token);
                } else {
                    responseMember(parser, name, token);
                }
                parser.skipChildren();
            }
            if (parser.nextToken() != null) {
                throw new IOException("more than one value");
            }
        }
    }

    private void reset(byte[] source, int from) {
        bytes = source;
        origin = from;
        type = "";
        sequence = -1;
        model = null;
        usage = null;
        error = null;
        output = false;
        id = "";
        created = 0;
        status = "";
        incomplete = "";
        item = "";
        calls = false;
        deltaLength = 0;
        if (itemLength > 0) {
            items = new TokenMeter();
        }
        itemLength = 0;
        code = "";
        message = "";
    }

    private void eventMember(JsonParser parser, String name, JsonToken token) throws IOException {
        switch (name) {
            case "type" -> type = text(parser, token);
            case "sequence_number" -> sequence = token == JsonToken.VALUE_NUMBER_INT ? parser.getLongValue() : -1;
            case "delta" -> deltaLength = token == JsonToken.VALUE_STRING ? count(parser, deltas) : 0;
            case "code" -> code = text(parser, token);
            case "message" -> message = text(parser, token);
            case "error" -> error = UpstreamErrorFields.read(parser);
            case "item" -> {
                if (token == JsonToken.START_OBJECT) {
                    item(parser);
                }
            }
            case "response" -> {
                while (token == JsonToken.START_OBJECT && parser.nextToken() == JsonToken.FIELD_NAME) {
                    String inner = parser.currentName();
                    responseMember(parser, inner, parser.nextToken());
                    parser.skipChildren();
                }
            }
            default -> {}
        }
    }

    private void responseMember(JsonParser parser, String name, JsonToken token) throws IOException {
        switch (name) {
            case "model" -> {
                if (token == JsonToken.VALUE_STRING) {
                    model = JsonSpans.current(parser, token, bytes, origin);
                }
            }
            case "id" -> id = text(parser, token);
            case "created_at" -> created = token.isNumeric() ? (long) parser.getDoubleValue() : 0;
            case "status" -> status = text(parser, token);
            case "usage" -> usage = UsageFields.read(parser);
            case "error" -> error = UpstreamErrorFields.read(parser);
            case "incomplete_details" -> incomplete(parser, token);
            case "output" -> output(parser, token);
            default -> {}
        }
    }

    private void incomplete(JsonParser parser, JsonToken token) throws IOException {
        while (token == JsonToken.START_OBJECT && parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("reason")) {
                incomplete = text(parser, value);
            }
            parser.skipChildren();
        }
    }

    private void output(JsonParser parser, JsonToken token) throws IOException {
        output = token == JsonToken.START_ARRAY;
        while (output && parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                item(parser);
            } else {
                parser.skipChildren();
            }
        }
    }

    /** One item, to behind its end: its type, and the size of its texts wherever they stand. */
    private void item(JsonParser parser) throws IOException {
        String name = "";
        item = "";
        for (int depth = 1; depth > 0; ) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                throw new IOException("cut off");
            }
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.FIELD_NAME) {
                name = parser.currentName();
            } else if (token == JsonToken.VALUE_STRING) {
                if (depth == 1 && name.equals("type")) {
                    item = parser.getText();
                }
                itemLength += TEXTS.contains(name) ? count(parser, items) : 0;
            }
        }
        calls |= item.equals("function_call") || item.equals("custom_tool_call");
    }

    private static String text(JsonParser parser, JsonToken token) throws IOException {
        return token == JsonToken.VALUE_STRING ? parser.getText() : "";
    }

    private static int count(JsonParser parser, TokenMeter meter) throws IOException {
        char[] text = parser.getTextCharacters();
        int from = parser.getTextOffset();
        int length = parser.getTextLength();
        meter.add(text, from, length);
        return length;
    }
}
