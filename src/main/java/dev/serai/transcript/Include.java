package dev.serai.transcript;

import dev.serai.json.Json;
import dev.serai.json.JsonSpans;
import dev.serai.json.Members;
import dev.serai.json.Span;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The member {@code include} of a request whose upstream keeps nothing: reasoning must then come with its encrypted form, or
 * no later turn could build on it. OpenAI's models that reason give it unasked, and those that do not reason refuse a request
 * that asks for it; so it is asked for where the request speaks of reasoning itself.
 */
final class Include {

    private static final String ENCRYPTED = "reasoning.encrypted_content";

    private Include() {}

    /** The new value, or null where it is to stay as it is. */
    static byte @Nullable [] withReasoning(Members members, byte[] body) {
        Span reasoning = members.present("reasoning");
        Span include = members.present("include");
        if (reasoning == null || body[reasoning.from()] != '{') {
            return null;
        }
        if (include == null) {
            return Json.bytes(Json.array().add(ENCRYPTED));
        }
        if (body[include.from()] != '[') {
            return null;
        }
        byte[] wanted = Json.bytes(ENCRYPTED);
        var out = new ByteArrayOutputStream();
        out.write('[');
        for (Span element : JsonSpans.elements(body, include)) {
            if (Arrays.equals(body, element.from(), element.to(), wanted, 0, wanted.length)) {
                return null;
            }
            out.write(body, element.from(), element.to() - element.from());
            out.write(',');
        }
        out.writeBytes(wanted);
        out.write(']');
        return out.toByteArray();
    }
}
