package dev.serai.protocol.openairesponses;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tools that stand in a namespace, under the flat names that other protocols need. A flat name is taken back to its
 * namespace by the request's own list of tools, so names may hold anything.
 */
final class Namespaces {

    private final Map<String, Place> places;

    private Namespaces(Map<String, Place> places) {
        this.places = places;
    }

    /** Where a tool stands. */
    record Place(String namespace, String name) {}

    /** The namespaces of a request's {@code tools}; where a flat name is also that of a tool outside, that one has it. */
    static Namespaces of(@Nullable JsonNode tools) {
        var places = new HashMap<String, Place>();
        if (tools != null) {
            Set<String> direct = directNames(tools);
            for (JsonNode tool : tools) {
                if (tool.path("type").asText().equals("namespace")) {
                    String namespace = tool.path("name").asText();
                    for (JsonNode inner : tool.path("tools")) {
                        String name = inner.path("name").asText();
                        String flat = flat(namespace, name);
                        if (!direct.contains(flat)) {
                            places.putIfAbsent(flat, new Place(namespace, name));
                        }
                    }
                }
            }
        }
        return new Namespaces(places);
    }

    /** The names of the tools outside of any namespace. */
    static Set<String> directNames(JsonNode tools) {
        var names = new HashSet<String>();
        for (JsonNode tool : tools) {
            String type = tool.path("type").asText();
            if (type.equals("function") || type.equals("custom")) {
                names.add(tool.path("name").asText());
            }
        }
        return names;
    }

    static String flat(@Nullable String namespace, String name) {
        return namespace == null || namespace.isEmpty() ? name : namespace + "__" + name;
    }

    /** Where the tool of this flat name stands; null when it stands in no namespace. */
    @Nullable
    Place find(String flat) {
        return places.get(flat);
    }
}
