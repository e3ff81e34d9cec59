package dev.serai.protocol.openaichat;

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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One token walk over a chunk or a whole answer: what the gateway must know of it and where the members stand that it
 * changes. Reused for every chunk of a stream; the fields are those of the last walk.
 */
final class AnswerScan {

    /** Where the top-level {@code model} stands, when it is a string. */
    @Nullable
    Span model;

    /** The {@code usage} object, when it says something. */
    @Nullable
    Usage usage;

    @Nullable
    UpstreamError error;

    /** Choices of this chunk, each with its finish reason if it has one. */
    final List<Choice> choices = new ArrayList<>();

    boolean content;
    boolean calls;

    /** Of text, reasoning and arguments in all walks. */
    final TokenMeter output = new TokenMeter();

    private byte[] bytes = {};
    private int origin;

    /** @param finishAt where the finish reason's value stands */
    record Choice(
            int index, @Nullable String finish, @Nullable Span finishAt) {}

    /** @throws IOException when the bytes are not one JSON object */
    void walk(byte[] source, int from, int to) throws IOException {
        reset(source, from);
        try (JsonParser parser = Json.parser(source, from, to)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not an object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                member(parser, parser.currentName());
            }
            if (parser.nextToken() != null) {
                throw new IOException("more than one value");
            }
        }
    }

    private void reset(byte[] source, int from) {
        bytes = source;
        origin = from;
        model = null;
        usage = null;
        error = null;
        choices.clear();
        content = false;
        calls = false;
    }

    private void member(JsonParser parser, String name) throws IOException {
        JsonToken token = parser.nextToken();
        switch (name) {
            case "model" -> {
                if (token == JsonToken.VALUE_STRING) {
                    model = JsonSpans.current(parser, token, bytes, origin);
                }
            }
            case "choices" -> {
                while (token == JsonToken.START_ARRAY && parser.nextToken() != JsonToken.END_ARRAY) {
                    choice(parser);
                }
            }
            case "usage" -> usage = UsageFields.read(parser);
            case "error" -> error = UpstreamErrorFields.read(parser);
            default -> {}
        }
        parser.skipChildren();
    }

    private void choice(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        int index = 0;
        String finish = null;
        Span finishAt = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (name.equals("index") && token == JsonToken.VALUE_NUMBER_INT) {
                index = Math.clamp(parser.getLongValue(), 0, 1024);
            } else if (name.equals("finish_reason") && token == JsonToken.VALUE_STRING) {
                finishAt = JsonSpans.current(parser, token, bytes, origin);
                finish = FinishReasons.word(parser.getText());
            } else if (name.equals("delta") || name.equals("message")) {
                delta(parser);
            } else {
                parser.skipChildren();
            }
        }
        choices.add(new Choice(index, finish == null || finish.isEmpty() ? null : finish, finishAt));
    }

    private void delta(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            switch (name) {
                case "content", "reasoning_content", "reasoning", "refusal" -> text(parser, token);
                case "tool_calls", "function_call", "audio", "images" -> item(parser, token, name);
                default -> parser.skipChildren();
            }
        }
    }

    private void text(JsonParser parser, JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_STRING) {
            count(parser);
        } else if (token == JsonToken.START_ARRAY) {
            strings(parser, "text");
        } else {
            parser.skipChildren();
        }
    }

    private void item(JsonParser parser, JsonToken token, String name) throws IOException {
        if (!token.isStructStart()) {
            return;
        }
        if (strings(parser, "arguments", "input", "name")) {
            content = true;
            calls |= name.equals("tool_calls") || name.equals("function_call");
        }
    }

    /** Counts the strings of these names anywhere below. @return whether there is anything below at all */
    private boolean strings(JsonParser parser, String... names) throws IOException {
        boolean any = false;
        String name = "";
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
            } else if (token == JsonToken.VALUE_STRING && List.of(names).contains(name)) {
                count(parser);
            }
            any |= depth > 0;
        }
        return any;
    }

    private void count(JsonParser parser) throws IOException {
        char[] text = parser.getTextCharacters();
        int from = parser.getTextOffset();
        int length = parser.getTextLength();
        content |= length > 0;
        output.add(text, from, length);
    }
}
