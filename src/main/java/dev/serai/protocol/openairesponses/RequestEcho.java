package dev.serai.protocol.openairesponses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Json;
import dev.serai.json.JsonObjectSpans;
import dev.serai.json.Span;
import dev.serai.protocol.Envelope;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The members of the request that the response object repeats. */
final class RequestEcho {

    private static final List<String> MEMBERS = List.of(
            "instructions",
            "max_output_tokens",
            "max_tool_calls",
            "metadata",
            "parallel_tool_calls",
            "previous_response_id",
            "prompt_cache_key",
            "reasoning",
            "safety_identifier",
            "store",
            "temperature",
            "text",
            "tool_choice",
            "tools",
            "top_logprobs",
            "top_p",
            "truncation",
            "user");

    private RequestEcho() {}

    static Map<String, JsonNode> of(Envelope envelope) {
        JsonObjectSpans members = envelope.members();
        var echo = new LinkedHashMap<String, JsonNode>();
        for (String name : MEMBERS) {
            Span value = members.value(name);
            if (value != null) {
                JsonNode node = tree(envelope.body(), value);
                if (!node.isNull()) {
                    echo.put(name, node);
                }
            }
        }
        return echo;
    }

    private static JsonNode tree(byte[] body, Span value) {
        try {
            return Json.tree(body, value.from(), value.to());
        } catch (IOException e) {
            throw new IllegalArgumentException("not scanned before", e);
        }
    }
}
