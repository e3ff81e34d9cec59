package dev.serai.protocol.openairesponses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.serai.json.Json;
import dev.serai.message.Citation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The annotations of an output text. */
final class Annotations {

    private Annotations() {}

    static ArrayNode of(List<Citation> citations) {
        ArrayNode annotations = Json.array();
        for (Citation citation : citations) {
            JsonNode annotation = of(citation);
            if (annotation != null) {
                annotations.add(annotation);
            }
        }
        return annotations;
    }

    /** As it came, or a {@code url_citation}; null for a citation that has no form here. */
    static @Nullable JsonNode of(Citation citation) {
        if (OpenAiResponsesProtocol.NAME.equals(citation.protocol()) && citation.raw() != null) {
            return citation.raw();
        }
        if (citation.url() == null) {
            return null;
        }
        return Json.object()
                .put("type", "url_citation")
                .put("start_index", Math.max(0, citation.start()))
                .put("end_index", Math.max(0, citation.end()))
                .put("url", citation.url())
                .put("title", citation.title() == null ? "" : citation.title());
    }
}
