package dev.serai.protocol.openairesponses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.Logprob;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code logprobs} of an output text. */
final class LogprobFields {

    private LogprobFields() {}

    static List<Logprob> read(JsonNode logprobs) {
        var list = new ArrayList<Logprob>();
        for (JsonNode entry : logprobs) {
            list.add(new Logprob(
                    entry.path("token").asText(),
                    entry.path("logprob").asDouble(),
                    entry.get("bytes"),
                    entry.get("top_logprobs")));
        }
        return list;
    }

    static ArrayNode write(List<Logprob> entries) {
        ArrayNode array = Json.array();
        for (Logprob entry : entries) {
            ObjectNode node = entry(entry.token(), entry.logprob(), entry.bytes());
            ArrayNode alternatives = node.putArray("top_logprobs");
            if (entry.alternatives() != null) {
                for (JsonNode it : entry.alternatives()) {
                    alternatives.add(
                            entry(it.path("token").asText(), it.path("logprob").asDouble(), it.get("bytes")));
                }
            }
            array.add(node);
        }
        return array;
    }

    /** The bytes are required here; where they were not told they are those of the token's text. */
    private static ObjectNode entry(String token, double logprob, @Nullable JsonNode bytes) {
        ObjectNode node = Json.object().put("token", token).put("logprob", logprob);
        if (bytes != null && bytes.isArray()) {
            return node.set("bytes", bytes);
        }
        ArrayNode array = node.putArray("bytes");
        for (byte b : token.getBytes(StandardCharsets.UTF_8)) {
            array.add(b & 0xFF);
        }
        return node;
    }
}
