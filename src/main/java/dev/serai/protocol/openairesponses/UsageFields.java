package dev.serai.protocol.openairesponses;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.Usage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The {@code usage} object: {@code input_tokens} holds cached input, {@code output_tokens} holds reasoning. */
final class UsageFields {

    private long input;
    private long cached;
    private long written;
    private long output;
    private long reasoning;

    private UsageFields() {}

    /** Reads the parser's current value. @return null when it is no object or counts nothing at all */
    static @Nullable Usage read(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return null;
        }
        var fields = new UsageFields();
        fields.object(parser);
        if (fields.input == 0 && fields.output == 0) {
            return null;
        }
        return new Usage(fields.input, fields.cached, fields.written, fields.output, fields.reasoning, false);
    }

    static @Nullable Usage read(JsonNode usage) throws IOException {
        try (JsonParser parser = usage.traverse()) {
            parser.nextToken();
            return read(parser);
        }
    }

    static ObjectNode write(Usage usage) {
        ObjectNode node = Json.object().put("input_tokens", usage.inputTokens());
        node.putObject("input_tokens_details")
                .put("cached_tokens", usage.cachedInputTokens())
                .put("cache_write_tokens", usage.cacheWriteTokens());
        node.put("output_tokens", usage.outputTokens());
        node.putObject("output_tokens_details").put("reasoning_tokens", usage.reasoningTokens());
        return node.put("total_tokens", usage.totalTokens());
    }

    private void object(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (token.isNumeric()) {
                number(name, parser);
            } else if (token == JsonToken.START_OBJECT) {
                object(parser);
            } else {
                parser.skipChildren();
            }
        }
    }

    private void number(String name, JsonParser parser) throws IOException {
        long value = Math.clamp((long) parser.getDoubleValue(), 0, Integer.MAX_VALUE * 1024L);
        switch (name) {
            case "input_tokens" -> input = value;
            case "output_tokens" -> output = value;
            case "cached_tokens" -> cached = value;
            case "cache_write_tokens" -> written = value;
            case "reasoning_tokens" -> reasoning = value;
            default -> {}
        }
    }
}
