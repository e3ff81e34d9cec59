package dev.serai.protocol;

import dev.serai.json.JsonObjectSpans;
import dev.serai.json.Span;
import dev.serai.message.Refusal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The types of an object's known members, told by their first byte; null is always allowed, and so are unknown members. */
public final class MemberTypes {

    private final Map<String, Type> types = new HashMap<>();

    /** What a member's value may be. */
    public enum Type {
        STRING("\"", "a string"),
        NUMBER("-0123456789", "a number"),
        BOOLEAN("tf", "a boolean"),
        ARRAY("[", "an array"),
        OBJECT("{", "an object"),
        STRING_OR_OBJECT("\"{", "a string or an object"),
        STRING_OR_ARRAY("\"[", "a string or an array");

        private final String starts;
        private final String words;

        Type(String starts, String words) {
            this.starts = starts;
            this.words = words;
        }

        boolean allows(byte first) {
            return first == 'n' || starts.indexOf(first) >= 0;
        }
    }

    /** Adds members of a type. */
    public MemberTypes with(Type type, String... names) {
        for (String name : names) {
            if (types.containsKey(name)) {
                throw new IllegalStateException(name);
            }
            types.put(name, type);
        }
        return this;
    }

    /** @throws Refusal with the name of the first member that has a wrong type */
    public void check(byte[] body, JsonObjectSpans members) {
        for (String name : members.names()) {
            @Nullable Type type = types.get(name);
            Span value = members.value(name);
            if (type != null && value != null && !type.allows(body[value.from()])) {
                throw Refusal.invalid(name, name + ": " + type.words + " is expected");
            }
        }
    }
}
