package dev.serai.protocol.gemini;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.Usage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** {@code usageMetadata}: the prompt holds cached tokens, candidates hold no thoughts. */
final class UsageFields {

    private long prompt;
    private long toolPrompt;
    private long cached;
    private long candidates;
    private long thoughts;

    private UsageFields() {}

    /** Reads the parser's current value. @return null when it is no object or counts nothing at all */
    static @Nullable Usage read(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return null;
        }
        var fields = new UsageFields();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (parser.nextToken().isNumeric()) {
                fields.count(name, parser.getDoubleValue());
            } else {
                parser.skipChildren();
            }
        }
        return fields.usage();
    }

    static @Nullable Usage read(JsonNode node) {
        var fields = new UsageFields();
        node.properties()
                .forEach(member ->
                        fields.count(member.getKey(), member.getValue().asDouble(0)));
        return fields.usage();
    }

    private void count(String name, double value) {
        long tokens = Math.clamp((long) value, 0, Integer.MAX_VALUE);
        switch (name) {
            case "promptTokenCount" -> prompt = tokens;
            case "toolUsePromptTokenCount" -> toolPrompt = tokens;
            case "cachedContentTokenCount" -> cached = tokens;
            case "candidatesTokenCount" -> candidates = tokens;
            case "thoughtsTokenCount" -> thoughts = tokens;
            default -> {}
        }
    }

    private @Nullable Usage usage() {
        long input = prompt + toolPrompt;
        long output = candidates + thoughts;
        return input == 0 && output == 0 ? null : new Usage(input, cached, 0, output, thoughts, false);
    }

    static ObjectNode write(Usage usage) {
        ObjectNode node = Json.object();
        node.put("promptTokenCount", usage.inputTokens());
        node.put("candidatesTokenCount", Math.max(0, usage.outputTokens() - usage.reasoningTokens()));
        node.put("totalTokenCount", usage.totalTokens());
        if (usage.cachedInputTokens() > 0) {
            node.put("cachedContentTokenCount", usage.cachedInputTokens());
        }
        if (usage.reasoningTokens() > 0) {
            node.put("thoughtsTokenCount", usage.reasoningTokens());
        }
        return node;
    }
}
