package dev.serai.protocol.gemini;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.serai.json.Json;
import dev.serai.json.JsonSpans;
import dev.serai.json.Span;
import dev.serai.message.TokenMeter;
import dev.serai.message.Usage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One token walk over a response object: what the gateway must know of it and where the model's name stands. Reused for
 * every object of a stream; the fields are those of the last walk.
 */
final class AnswerScan {

    /** Where {@code modelVersion} stands, when it is a string. */
    @Nullable
    Span model;

    @Nullable
    Usage usage;
    /** Why the prompt was blocked. */
    @Nullable
    String blocked;

    boolean error;
    final List<Candidate> candidates = new ArrayList<>();
    boolean content;
    boolean calls;
    /** Of text, thoughts, names and arguments in all walks. */
    final TokenMeter output = new TokenMeter();

    private byte[] bytes = {};
    private int origin;

    /** @param finish the finish reason, if it has one */
    record Candidate(int index, @Nullable String finish) {}

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
        blocked = null;
        error = false;
        candidates.clear();
        content = false;
        calls = false;
    }

    private void member(JsonParser parser, String name) throws IOException {
        JsonToken token = parser.nextToken();
        switch (name) {
            case "modelVersion" -> {
                if (token == JsonToken.VALUE_STRING) {
                    model = JsonSpans.current(parser, token, bytes, origin);
                }
            }
            case "candidates" -> {
                while (token == JsonToken.START_ARRAY && parser.nextToken() != JsonToken.END_ARRAY) {
                    candidate(parser);
                }
            }
            case "promptFeedback" -> feedback(parser, token);
            case "usageMetadata" -> usage = UsageFields.read(parser);
            case "error" -> error = token != JsonToken.VALUE_NULL;
            default -> {}
        }
        parser.skipChildren();
    }

    private void feedback(JsonParser parser, JsonToken token) throws IOException {
        while (token == JsonToken.START_OBJECT && parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean reason = parser.currentName().equals("blockReason");
            if (parser.nextToken() == JsonToken.VALUE_STRING && reason) {
                blocked = parser.getText();
            }
            parser.skipChildren();
        }
    }

    private void candidate(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        int index = 0;
        String finish = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (name.equals("index") && token == JsonToken.VALUE_NUMBER_INT) {
                index = Math.clamp((long) parser.getDoubleValue(), 0, 1024);
            } else if (name.equals("finishReason") && token == JsonToken.VALUE_STRING) {
                finish = parser.getText();
            } else if (name.equals("content") && token == JsonToken.START_OBJECT) {
                content(parser);
            } else {
                parser.skipChildren();
            }
        }
        candidates.add(new Candidate(index, finish == null || finish.isEmpty() ? null : finish));
    }

    private void content(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean parts = parser.currentName().equals("parts");
            JsonToken token = parser.nextToken();
            while (parts && token == JsonToken.START_ARRAY && parser.nextToken() != JsonToken.END_ARRAY) {
                part(parser);
            }
            parser.skipChildren();
        }
    }

    private void part(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            switch (name) {
                case "text" -> {
                    if (token == JsonToken.VALUE_STRING) {
                        int size = count(parser);
                        content |= size > 0;
                    }
                }
                case "functionCall" -> {
                    if (token == JsonToken.START_OBJECT) {
                        content = true;
                        calls = true;
                        call(parser);
                    }
                }
                case "inlineData", "fileData", "executableCode", "codeExecutionResult", "toolCall", "toolResponse" ->
                    content |= token == JsonToken.START_OBJECT;
                default -> {}
            }
            parser.skipChildren();
        }
    }

    /** Counts what the model wrote of a call: its name, and the arguments as they stand here. */
    private void call(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (name.equals("args") && token == JsonToken.START_OBJECT) {
                Span args = JsonSpans.current(parser, token, bytes, origin);
                output.add(bytes, args.from(), args.to());
            } else if (name.equals("name") && token == JsonToken.VALUE_STRING) {
                count(parser);
            } else {
                parser.skipChildren();
            }
        }
    }

    /** Adds the string on which the parser is. @return its length in characters */
    private int count(JsonParser parser) throws IOException {
        char[] text = parser.getTextCharacters();
        int from = parser.getTextOffset();
        int length = parser.getTextLength();
        output.add(text, from, length);
        return length;
    }
}
