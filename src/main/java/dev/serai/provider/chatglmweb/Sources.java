package dev.serai.provider.chatglmweb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.message.Citation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the service's own search has found for an answer, numbered in the order in which the answer leans on it. */
final class Sources {

    private static final int MOST = 200;

    private final Map<String, Source> byKey = new LinkedHashMap<>();
    private final List<Citation> quoted = new ArrayList<>();
    private int numbers;

    private static final class Source {
        private final Citation citation;
        private int number;

        private Source(Citation citation) {
            this.citation = citation;
        }
    }

    /**
     * A source that the text leans on.
     *
     * @param first it does so for the first time
     */
    record Cited(int number, Citation citation, boolean first) {}

    /** Notes the hits that a part brings. */
    void read(JsonNode partMeta) {
        for (JsonNode hit : partMeta.path("tool_result_extra").path("search_results")) {
            String key = hit.path("match_key").asText("");
            var citation = citation(hit);
            if (!key.isEmpty() && citation != null && byKey.size() < MOST) {
                byKey.putIfAbsent(key, new Source(citation));
            }
        }
    }

    /** Notes the sources that a part says the answer was made of. */
    void readQuotes(JsonNode partMeta) {
        for (JsonNode hit : partMeta.path("metadata_list")) {
            var citation = citation(hit);
            if (citation != null && quoted.size() < MOST) {
                quoted.add(citation);
            }
        }
    }

    boolean isEmpty() {
        return byKey.isEmpty();
    }

    /** The source that a mark in the text refers to, or null. */
    @Nullable
    Cited cite(String key) {
        var source = byKey.get(key);
        if (source == null) {
            return null;
        }
        boolean first = source.number == 0;
        if (first) {
            source.number = ++numbers;
        }
        return new Cited(source.number, source.citation, first);
    }

    /** Sources of the whole answer that no mark refers to, each once. */
    List<Citation> uncited() {
        return quoted.stream()
                .filter(quote -> byKey.values().stream()
                        .noneMatch(it -> it.number > 0
                                && it.citation.url() != null
                                && it.citation.url().equals(quote.url())))
                .distinct()
                .toList();
    }

    private static @Nullable Citation citation(JsonNode hit) {
        String url = hit.path("url").asText("");
        boolean plain = (url.startsWith("https://") || url.startsWith("http://"))
                && url.chars().noneMatch(c -> c <= ' ' || c == '(' || c == ')' || c == '<' || c == '>');
        return plain ? new Citation(url, hit.path("title").textValue(), null, -1, -1, null, null) : null;
    }
}
