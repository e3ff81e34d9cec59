package dev.serai.protocol.anthropicmessages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.CacheHint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cache marks of one request in prompt order: at most four, of which no longer one follows a shorter one. Used once. */
final class CacheMarks {

    private static final int MOST = 4;

    /** Above this a hint means the long time. */
    private static final Duration HALF_HOUR = Duration.ofMinutes(30);

    private final List<ObjectNode> marked = new ArrayList<>();

    /** Marks a block; those are told in prompt order. */
    ObjectNode mark(ObjectNode block, @Nullable CacheHint hint) {
        if (hint != null) {
            ObjectNode control = Json.object().put("type", "ephemeral");
            Duration ttl = hint.ttl();
            if (ttl != null && ttl.compareTo(HALF_HOUR) > 0) {
                control.put("ttl", "1h");
            }
            block.set("cache_control", control);
            marked.add(block);
        }
        return block;
    }

    /** Keeps the last four. */
    void prune() {
        int first = Math.max(0, marked.size() - MOST);
        boolean shortSeen = false;
        for (int i = 0; i < marked.size(); i++) {
            ObjectNode block = marked.get(i);
            if (i < first) {
                block.remove("cache_control");
            } else if (!block.path("cache_control").has("ttl")) {
                shortSeen = true;
            } else if (shortSeen && block.get("cache_control") instanceof ObjectNode control) {
                control.remove("ttl");
            }
        }
    }
}
