package dev.serai.protocol.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.Logprob;
import java.util.ArrayList;
import java.util.List;

/** {@code logprobsResult}: the chosen tokens, and the most likely ones at each place. */
final class LogprobFields {

    private LogprobFields() {}

    static List<Logprob> read(JsonNode result) {
        var entries = new ArrayList<Logprob>();
        JsonNode chosen = result.path("chosenCandidates");
        JsonNode top = result.path("topCandidates");
        for (int i = 0; i < chosen.size(); i++) {
            JsonNode token = chosen.get(i);
            ArrayNode alternatives = Json.array();
            for (JsonNode other : top.path(i).path("candidates")) {
                alternatives
                        .addObject()
                        .put("token", other.path("token").asText(""))
                        .put("logprob", other.path("logProbability").asDouble(0))
                        .putNull("bytes");
            }
            entries.add(new Logprob(
                    token.path("token").asText(""), token.path("logProbability").asDouble(0), null, alternatives));
        }
        return entries;
    }

    static ObjectNode write(List<Logprob> entries) {
        ObjectNode result = Json.object();
        ArrayNode chosen = result.putArray("chosenCandidates");
        ArrayNode top = result.putArray("topCandidates");
        for (Logprob entry : entries) {
            chosen.addObject().put("token", entry.token()).put("logProbability", entry.logprob());
            ArrayNode candidates = top.addObject().putArray("candidates");
            if (entry.alternatives() != null) {
                entry.alternatives()
                        .forEach(other -> candidates
                                .addObject()
                                .put("token", other.path("token").asText(""))
                                .put("logProbability", other.path("logprob").asDouble(0)));
            }
        }
        return result;
    }
}
