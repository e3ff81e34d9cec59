package dev.serai.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.serai.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an upstream's error says, whatever its shape: {@code {"error":{…}}}, {@code {"error":"…"}}, an array of one of
 * these, {@code {"code","msg","success":false}}, {@code {"object":"error",…}}, {@code {"detail":…}}, {@code {"errors":[…]}}.
 * Reading never fails: what is too deep, cut off or not JSON has no members.
 *
 * @param json the body is JSON, or at least begins like it
 * @param error the body says of itself that it is an error
 * @param code the error's code, numbers as text
 * @param words code, type and message in small letters, to look for words in
 */
public record ErrorBody(
        boolean json,
        boolean error,
        @Nullable String code,
        @Nullable String type,
        @Nullable String message,
        @Nullable String param,
        String words) {

    private static final int WORDS = 4096;
    private static final ErrorBody NONE = new ErrorBody(false, false, null, null, null, null, "");

    /** Reads a body. */
    public static ErrorBody read(byte[] body) {
        int from = start(body);
        if (from == body.length || (body[from] != '{' && body[from] != '[')) {
            return NONE;
        }
        try {
            return of(Json.tree(body, from, body.length));
        } catch (IOException cut) {
            var text = new String(body, from, Math.min(WORDS, body.length - from), StandardCharsets.UTF_8);
            return new ErrorBody(true, false, null, null, null, null, text.toLowerCase(Locale.ROOT));
        }
    }

    /** Reads a tree: a whole body, the data of an event, or an error object itself. */
    public static ErrorBody of(JsonNode tree) {
        var root = tree.isArray() && !tree.isEmpty() ? tree.get(0) : tree;
        var told = root.path("error");
        if (told.isBoolean() || told.isNull()) {
            told = MissingNode.getInstance();
        }
        var list = root.path("errors");
        var inner = told.isObject() ? told : list.path(0).isObject() ? list.get(0) : root;
        var code = text(inner.path("code"));
        var type = text(inner.path("type"));
        var message = told.isTextual() ? told.textValue() : message(inner);
        var words = join(code, type, message, more(inner));
        return new ErrorBody(true, error(root, told, list), code, type, message, param(inner), words);
    }

    /** The code, where it is a whole number of at most nine digits, else -1. */
    public int number() {
        boolean digits = code != null
                && !code.isEmpty()
                && code.length() <= 9
                && code.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits && code != null ? Integer.parseInt(code) : -1;
    }

    /** Whether code or type is one of these. */
    public boolean named(String... names) {
        for (var name : names) {
            if (name.equalsIgnoreCase(code) || name.equalsIgnoreCase(type)) {
                return true;
            }
        }
        return false;
    }

    /** Whether one of these, in small letters, stands in code, type or message. */
    public boolean says(String... phrases) {
        for (var phrase : phrases) {
            if (words.contains(phrase)) {
                return true;
            }
        }
        return false;
    }

    /** Where the text begins, after white space, a byte order mark or the {@code data:} of an event. */
    private static int start(byte[] body) {
        int at = body.length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB ? 3 : 0;
        at = skipBlank(body, at);
        byte[] data = {'d', 'a', 't', 'a', ':'};
        boolean event =
                body.length - at > data.length && Arrays.equals(body, at, at + data.length, data, 0, data.length);
        return event ? skipBlank(body, at + data.length) : at;
    }

    private static int skipBlank(byte[] body, int from) {
        int at = from;
        while (at < body.length && body[at] >= 0 && body[at] <= ' ') {
            at++;
        }
        return at;
    }

    private static boolean error(JsonNode root, JsonNode told, JsonNode list) {
        return told.isObject()
                || told.isTextual()
                || root.path("error").asBoolean(false)
                || (list.isArray() && !list.isEmpty())
                || (root.path("success").isBoolean() && !root.path("success").booleanValue())
                || "error".equals(root.path("object").textValue())
                || "error".equals(root.path("type").textValue());
    }

    private static @Nullable String message(JsonNode inner) {
        for (var name : new String[] {"message", "msg", "detail", "title"}) {
            var value = inner.path(name);
            var text = value.isArray() ? value.path(0).path("msg") : value;
            if (text.isTextual() && !text.textValue().isBlank()) {
                return text.textValue();
            }
        }
        return null;
    }

    private static @Nullable String param(JsonNode inner) {
        if (inner.path("param").isTextual()) {
            return inner.path("param").textValue();
        }
        var place = inner.path("detail").path(0).path("loc");
        var path = new StringBuilder();
        for (int i = 0; i < Math.min(place.size(), 16); i++) {
            var step = place.get(i).asText();
            if (!(i == 0 && step.equals("body"))) {
                path.append(path.isEmpty() ? "" : ".").append(step);
            }
        }
        return path.isEmpty() ? null : path.toString();
    }

    private static @Nullable String more(JsonNode inner) {
        return join(
                text(inner.path("innererror").path("code")),
                text(inner.path("metadata").path("raw")),
                text(inner.path("status")),
                text(inner.path("details").path("error_code")));
    }

    private static @Nullable String text(JsonNode value) {
        return value.isTextual() || value.isIntegralNumber() ? value.asText() : null;
    }

    private static String join(@Nullable String... parts) {
        var out = new StringBuilder();
        for (var part : parts) {
            if (part != null && out.length() < WORDS) {
                out.append(part, 0, Math.min(part.length(), WORDS)).append('\n');
            }
        }
        return out.toString().toLowerCase(Locale.ROOT);
    }
}
