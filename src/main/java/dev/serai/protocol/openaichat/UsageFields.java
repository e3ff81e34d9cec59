package dev.serai.protocol.openaichat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.Usage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The {@code usage} object: {@code prompt_tokens} holds cached input, {@code completion_tokens} holds reasoning. */
final class UsageFields {

    private long input;
    private long cached;
    private long written;
    private long output;
    private long reasoning;
    private boolean told;

    private UsageFields() {}

    /** Reads the parser's current value. @return null when it is no object or names neither; a zero that is told is a zero */
    static @Nullable Usage read(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return null;
        }
        var fields = new UsageFields();
        fields.object(parser);
        if (!fields.told) {
            return null;
        }
        return new Usage(fields.input, fields.cached, fields.written, fields.output, fields.reasoning, false);
    }

    static ObjectNode write(Usage usage) {
        ObjectNode node = Json.object();
        node.put("prompt_tokens", usage.inputTokens());
        node.put("completion_tokens", usage.outputTokens());
        node.put("total_tokens", usage.totalTokens());
        node.putObject("prompt_tokens_details")
                .put("cached_tokens", usage.cachedInputTokens())
                .put("cache_write_tokens", usage.cacheWriteTokens());
        node.putObject("completion_tokens_details").put("reasoning_tokens", usage.reasoningTokens());
        return node;
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
        long value = Math.max(0, (long) parser.getDoubleValue());
        told |= name.equals("prompt_tokens") || name.equals("completion_tokens");
        switch (name) {
            case "prompt_tokens" -> input = value;
            case "completion_tokens" -> output = value;
            case "cached_tokens" -> cached = value;
            case "cache_write_tokens" -> written = value;
            case "reasoning_tokens" -> reasoning = value;
            default -> {}
        }
    }
}
