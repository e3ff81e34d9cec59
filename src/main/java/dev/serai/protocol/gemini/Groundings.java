package dev.serai.protocol.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.Citation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code groundingMetadata} and {@code citationMetadata}. Gemini counts in bytes of one part, other protocols in
 * characters of the whole text, so only the cited words are carried and no places.
 */
final class Groundings {

    private static final int MOST = 256;

    private Groundings() {}

    static List<Citation> read(JsonNode candidate) {
        var citations = new ArrayList<Citation>();
        JsonNode grounding = candidate.path("groundingMetadata");
        JsonNode chunks = grounding.path("groundingChunks");
        JsonNode supports = grounding.path("groundingSupports");
        for (JsonNode support : supports) {
            for (JsonNode index : support.path("groundingChunkIndices")) {
                add(chunks.path(index.asInt(-1)), support.path("segment").path("text"), citations);
            }
        }
        if (supports.isEmpty()) {
            chunks.forEach(chunk -> add(chunk, chunk.path("none"), citations));
        }
        for (JsonNode source : candidate.path("citationMetadata").path("citationSources")) {
            String url = source.path("uri").textValue();
            if (url != null && citations.size() < MOST) {
                citations.add(citation(url, null, null));
            }
        }
        return citations;
    }

    private static void add(JsonNode chunk, JsonNode cited, List<Citation> citations) {
        JsonNode source = chunk.path(chunk.has("web") ? "web" : chunk.has("maps") ? "maps" : "retrievedContext");
        String url = source.path("uri").textValue();
        if (url != null && citations.size() < MOST) {
            citations.add(citation(url, source.path("title").textValue(), cited.textValue()));
        }
    }

    private static Citation citation(String url, @Nullable String title, @Nullable String cited) {
        return new Citation(url, title, cited, -1, -1, GeminiProtocol.NAME, null);
    }

    /** Citations without a URL have no form here. @return null when none is left */
    static @Nullable ObjectNode write(List<Citation> citations) {
        ObjectNode metadata = Json.object();
        ArrayNode chunks = metadata.putArray("groundingChunks");
        ArrayNode supports = metadata.putArray("groundingSupports");
        for (Citation citation : citations) {
            if (citation.url() == null) {
                continue;
            }
            ObjectNode web = chunks.addObject().putObject("web").put("uri", citation.url());
            if (citation.title() != null) {
                web.put("title", citation.title());
            }
            if (citation.citedText() != null) {
                ObjectNode support = supports.addObject();
                support.putObject("segment").put("text", citation.citedText());
                support.putArray("groundingChunkIndices").add(chunks.size() - 1);
            }
        }
        return chunks.isEmpty() ? null : metadata;
    }
}
