package dev.serai.protocol.anthropicmessages;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.Usage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The {@code usage} object, whose {@code input_tokens} are those that no cache held. In a stream it is told several times;
 * what is told later counts, what is not told again stays.
 */
final class UsageFields {

    private static final int UNTOLD = -1;

    private long fresh = UNTOLD;
    private long read = UNTOLD;
    private long written = UNTOLD;
    private long output = UNTOLD;
    private long thinking = UNTOLD;

    /** Takes over what the parser's current value tells. */
    void merge(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (token.isNumeric()) {
                number(name, parser);
            } else if (token == JsonToken.START_OBJECT && name.equals("output_tokens_details")) {
                merge(parser);
            } else {
                parser.skipChildren();
            }
        }
    }

    private void number(String name, JsonParser parser) throws IOException {
        long value = (long) Math.min(1e15, Math.max(0, parser.getDoubleValue()));
        switch (name) {
            case "input_tokens" -> fresh = value;
            case "cache_read_input_tokens" -> read = value;
            case "cache_creation_input_tokens" -> written = value;
            case "output_tokens" -> output = value;
            case "thinking_tokens" -> thinking = value;
            default -> {}
        }
    }

    /** @return null when nothing is counted */
    @Nullable
    Usage usage() {
        long cached = Math.max(0, read);
        long created = Math.max(0, written);
        long input = Math.max(0, fresh) + cached + created;
        if (input == 0 && output <= 0) {
            return null;
        }
        return new Usage(input, cached, created, Math.max(0, output), Math.max(0, thinking), false);
    }

    /** The usage of a whole message. */
    static ObjectNode write(Usage usage) {
        ObjectNode node = Json.object();
        input(usage, node);
        node.putObject("cache_creation")
                .put("ephemeral_5m_input_tokens", usage.cacheWriteTokens())
                .put("ephemeral_1h_input_tokens", 0);
        output(usage, node);
        return node.put("service_tier", "standard").putNull("inference_geo").putNull("speed");
    }

    /** The usage at the end of a stream. */
    static ObjectNode writeDelta(Usage usage) {
        ObjectNode node = Json.object();
        input(usage, node);
        output(usage, node);
        return node;
    }

    private static void input(Usage usage, ObjectNode node) {
        long uncached = usage.inputTokens() - usage.cachedInputTokens() - usage.cacheWriteTokens();
        node.put("input_tokens", Math.max(0, uncached));
        node.put("cache_creation_input_tokens", usage.cacheWriteTokens());
        node.put("cache_read_input_tokens", usage.cachedInputTokens());
    }

    private static void output(Usage usage, ObjectNode node) {
        node.put("output_tokens", usage.outputTokens());
        if (usage.reasoningTokens() > 0) {
            node.putObject("output_tokens_details").put("thinking_tokens", usage.reasoningTokens());
        } else {
            node.putNull("output_tokens_details");
        }
        node.putNull("server_tool_use");
    }
}
