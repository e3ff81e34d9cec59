package dev.serai.protocol.anthropicmessages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.Citation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Citations of a text block: Anthropic's own as they came, others as search results with an address. */
final class Citations {

    private Citations() {}

    static List<Citation> read(JsonNode citations) {
        var list = new ArrayList<Citation>();
        for (JsonNode citation : citations) {
            if (citation.isObject()) {
                list.add(read((ObjectNode) citation));
            }
        }
        return list;
    }

    static Citation read(ObjectNode citation) {
        String title = text(citation, "title");
        return new Citation(
                text(citation, "url"),
                title == null ? text(citation, "document_title") : title,
                text(citation, "cited_text"),
                -1,
                -1,
                AnthropicMessagesProtocol.NAME,
                citation);
    }

    /** @return null when the citation has no form here */
    static @Nullable JsonNode write(Citation citation) {
        if (AnthropicMessagesProtocol.NAME.equals(citation.protocol())) {
            return citation.raw();
        }
        if (citation.url() == null) {
            return null;
        }
        return Json.object()
                .put("type", "web_search_result_location")
                .put("cited_text", citation.citedText() == null ? "" : citation.citedText())
                .put("encrypted_index", "")
                .put("title", citation.title())
                .put("url", citation.url());
    }

    /** An array, or null where there is nothing to tell. */
    static @Nullable ArrayNode write(List<Citation> citations) {
        ArrayNode array = Json.array();
        for (Citation citation : citations) {
            JsonNode node = write(citation);
            if (node != null) {
                array.add(node);
            }
        }
        return array.isEmpty() ? null : array;
    }

    private static @Nullable String text(ObjectNode node, String name) {
        JsonNode value = node.path(name);
        return value.isTextual() ? value.textValue() : null;
    }
}
