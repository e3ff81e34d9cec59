package dev.serai.protocol.openairesponses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;

/** Another protocol's web search in this protocol's words: what all of them call alike is kept. */
final class WebSearchTool {

    private WebSearchTool() {}

    static ObjectNode of(JsonNode raw) {
        ObjectNode tool = Json.object().put("type", "web_search");
        JsonNode size = raw.path("search_context_size");
        if (size.isTextual()) {
            tool.set("search_context_size", size);
        }
        JsonNode domains = raw.path("allowed_domains");
        if (domains.isArray() && !domains.isEmpty()) {
            tool.putObject("filters").set("allowed_domains", domains);
        }
        JsonNode location = raw.path("user_location");
        JsonNode place = location.path("approximate").isObject() ? location.path("approximate") : location;
        if (place.isObject()) {
            ObjectNode told = tool.putObject("user_location").put("type", "approximate");
            for (String name : new String[] {"city", "region", "country", "timezone"}) {
                if (place.path(name).isTextual()) {
                    told.set(name, place.path(name));
                }
            }
        }
        return tool;
    }
}
