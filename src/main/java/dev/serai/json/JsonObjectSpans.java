package dev.serai.json;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the members of one JSON object stand in its bytes; a name given twice keeps its last value, as JSON parsers do. */
public final class JsonObjectSpans {

    private final Map<String, Span> values;

    JsonObjectSpans(Map<String, Span> values) {
        this.values = values;
    }

    /** The span of the member's value, without the name and the colon. */
    public @Nullable Span value(String name) {
        return values.get(name);
    }
}
