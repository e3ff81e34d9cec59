package dev.serai.protocol.anthropicmessages;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.serai.json.Json;
import dev.serai.json.JsonSpans;
import dev.serai.json.Span;
import dev.serai.message.TokenMeter;
import dev.serai.protocol.UpstreamError;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One token walk over an event or a whole message: what the gateway must know of it and where the members stand that it
 * changes. Reused for every event of a stream; the fields are those of the last walk, but for the usage, which adds up.
 */
final class AnswerScan {

    final UsageFields usage = new UsageFields();

    /** The type of the event or the answer. */
    String type = "";

    /** Where the message's {@code model} stands, when it is a string. */
    @Nullable
    Span model;

    /** The {@code stop_reason}, or {@code ""}. */
    String stopReason = "";

    @Nullable
    Span stopAt;

    @Nullable
    String stopSequence;

    @Nullable
    String explanation;

    @Nullable
    UpstreamError error;

    /** A list of blocks was there. */
    boolean blocks;

    boolean content;
    boolean calls;

    /** Of text, thinking and arguments in all walks. */
    final TokenMeter output = new TokenMeter();

    private byte[] bytes = {};
    private int origin;

    /** @throws IOException when the bytes are not one JSON object */
    void walk(byte[] source, int from, int to) throws IOException {
        reset(source, from);
        try (JsonParser parser = Json.parser(source, from, to)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not an object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken token = parser.nextToken();
                switch (name) {
                    case "type" -> type = token == JsonToken.VALUE_STRING ? parser.getText() : "";
                    case "message", "delta" -> object(parser, token);
                    case "content_block" -> block(parser, token);
                    case "error" -> error(parser, token);
                    default -> member(parser, token, name);
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
        model = null;
        stopReason = "";
        stopAt = null;
        stopSequence = null;
        explanation = null;
        error = null;
        blocks = false;
        content = false;
        calls = false;
    }

    private void object(JsonParser parser, JsonToken token) throws IOException {
        if (token != JsonToken.START_OBJECT) {
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            member(parser, parser.nextToken(), name);
            parser.skipChildren();
        }
    }

    /** A member of a message or of a delta. */
    private void member(JsonParser parser, JsonToken token, String name) throws IOException {
        boolean text = token == JsonToken.VALUE_STRING;
        switch (name) {
            case "model" -> model = text ? JsonSpans.current(parser, token, bytes, origin) : model;
            case "stop_reason" -> {
                if (text) {
                    stopAt = JsonSpans.current(parser, token, bytes, origin);
                    stopReason = parser.getText();
                }
            }
            case "stop_sequence" -> stopSequence = text ? parser.getText() : null;
            case "stop_details" -> details(parser, token);
            case "usage" -> usage.merge(parser);
            case "text", "thinking" -> content |= text && count(parser) > 0;
            case "partial_json" -> {
                if (text) {
                    count(parser);
                }
            }
            case "content" -> content(parser, token);
            default -> {}
        }
    }

    private void content(JsonParser parser, JsonToken token) throws IOException {
        blocks |= token == JsonToken.START_ARRAY;
        while (token == JsonToken.START_ARRAY && parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == null) {
                throw new IOException("cut off");
            }
            block(parser, parser.currentToken());
            parser.skipChildren();
        }
    }

    private void block(JsonParser parser, JsonToken start) throws IOException {
        if (start != JsonToken.START_OBJECT) {
            return;
        }
        String kind = "";
        boolean said = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            boolean text = token == JsonToken.VALUE_STRING;
            switch (name) {
                case "type" -> kind = text ? parser.getText() : kind;
                case "text", "thinking" -> said |= text && count(parser) > 0;
                case "name" -> {
                    if (text) {
                        count(parser);
                    }
                }
                case "input" -> {
                    Span input = JsonSpans.current(parser, token, bytes, origin);
                    if (input.to() - input.from() > 2) {
                        output.add(bytes, input.from(), input.to());
                    }
                }
                default -> {}
            }
            parser.skipChildren();
        }
        calls |= kind.equals("tool_use");
        content |= switch (kind) {
            case "text", "thinking" -> said;
            case "redacted_thinking", "" -> false;
            default -> true;
        };
    }

    private void details(JsonParser parser, JsonToken start) throws IOException {
        while (start == JsonToken.START_OBJECT && parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() == JsonToken.VALUE_STRING && name.equals("explanation")) {
                explanation = parser.getText();
            }
            parser.skipChildren();
        }
    }

    private void error(JsonParser parser, JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_NULL || token == JsonToken.VALUE_FALSE) {
            return;
        }
        String code = "";
        String kind = "";
        String message = token == JsonToken.VALUE_STRING ? parser.getText() : "";
        while (token == JsonToken.START_OBJECT && parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            String value = parser.nextToken().isScalarValue() ? parser.getValueAsString("") : "";
            parser.skipChildren();
            switch (name) {
                case "code" -> code = value;
                case "type" -> kind = value;
                case "message" -> message = value;
                default -> {}
            }
        }
        error = new UpstreamError(code, kind, message);
    }

    /** Adds the string's size. @return its length in characters */
    private int count(JsonParser parser) throws IOException {
        char[] text = parser.getTextCharacters();
        int from = parser.getTextOffset();
        int length = parser.getTextLength();
        output.add(text, from, length);
        return length;
    }
}
