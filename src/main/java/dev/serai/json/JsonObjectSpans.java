package dev.serai.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where the members of one JSON object stand in its bytes; a name given twice keeps its last value, as JSON parsers do. */
public final class JsonObjectSpans {

    private final Span object;
    private final List<JsonMember> members;
    private final Map<String, Span> values;

    JsonObjectSpans(Span object, List<JsonMember> members) {
        this.object = object;
        this.members = List.copyOf(members);
        this.values = HashMap.newHashMap(members.size());
        members.forEach(member -> values.put(member.name(), member.value()));
    }

    /**
     * Walks a request body once, without building a tree.
     *
     * @throws dev.serai.message.Refusal when it is not one JSON object in UTF-8 with nothing after it, or breaks a
     *     limit of {@link Json}; names the field where there is one
     */
    public static JsonObjectSpans scan(byte[] body) {
        var quick = new FastScan(body).scan();
        return quick != null ? quick : new BodyScan(body).scan();
    }

    /** The members of an object inside bytes that were scanned before. */
    public static JsonObjectSpans within(byte[] body, Span object) {
        try (JsonParser parser = Json.parser(body, object.from(), object.to())) {
            parser.nextToken();
            var members = new ArrayList<JsonMember>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                Span nameSpan = JsonSpans.name(parser, body, object.from());
                members.add(new JsonMember(name, nameSpan, JsonSpans.value(parser, body, object.from())));
            }
            return new JsonObjectSpans(object, members);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a JSON object", e);
        }
    }

    /** The span of the member's value, without the name and the colon. */
    public @Nullable Span value(String name) {
        return values.get(name);
    }

    /** The names in the order of their first appearance. */
    public Set<String> names() {
        var names = new LinkedHashSet<String>();
        members.forEach(member -> names.add(member.name()));
        return names;
    }

    /** From the opening brace to behind the closing one. */
    public Span object() {
        return object;
    }

    List<JsonMember> members() {
        return members;
    }
}
