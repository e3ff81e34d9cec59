package dev.serai.protocol.openaichat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.Logprob;
import java.util.ArrayList;
import java.util.List;

/** The {@code logprobs} object of a choice. */
final class LogprobFields {

    private LogprobFields() {}

    static List<Logprob> read(JsonNode logprobs) {
        var list = new ArrayList<Logprob>();
        for (JsonNode entry : logprobs.path("content")) {
            list.add(new Logprob(
                    entry.path("token").asText(),
                    entry.path("logprob").asDouble(),
                    entry.get("bytes"),
                    entry.get("top_logprobs")));
        }
        return list;
    }

    static ObjectNode write(List<Logprob> entries) {
        ObjectNode logprobs = Json.object();
        ArrayNode content = logprobs.putArray("content");
        for (Logprob entry : entries) {
            ObjectNode node = content.addObject().put("token", entry.token()).put("logprob", entry.logprob());
            node.set("bytes", entry.bytes());
            node.set("top_logprobs", entry.alternatives() == null ? Json.array() : entry.alternatives());
        }
        logprobs.putNull("refusal");
        return logprobs;
    }
}
