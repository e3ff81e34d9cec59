package dev.serai.provider.zaiweb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Json;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An error as this wire tells it: {@code {"detail":…}}, {@code {"error":{"detail","code"}}}, or inside an event at
 * {@code error}, {@code data.error} or {@code data.data.error}.
 *
 * @param code a number or a word, as text; {@code ""} where there is none
 * @param detail for people, or {@code ""}
 */
record ZaiError(String code, String detail) {

    static final ZaiError NONE = new ZaiError("", "");

    /** The error that an event holds, or null. */
    static @Nullable ZaiError in(JsonNode event) {
        var data = event.path("data");
        for (var place : new JsonNode[] {event, data, data.path("data")}) {
            var error = place.path("error");
            if (error.isObject() && !error.isEmpty()) {
                return of(error);
            }
            if (error.isTextual() && !error.textValue().isBlank()) {
                return new ZaiError("", error.textValue());
            }
        }
        return null;
    }

    /** What the body of an answer with a bad status says; {@link #NONE} when that is nothing that can be read. */
    static ZaiError ofBody(byte[] body) {
        try {
            var tree = Json.tree(body, 0, body.length);
            var error = in(tree);
            return error != null ? error : of(tree);
        } catch (IOException notJson) {
            return NONE;
        }
    }

    /** What an error object says. */
    static ZaiError of(JsonNode error) {
        var code = first(error, "code", "error_code");
        var captcha = error.path("captcha_error_type");
        var detail = first(error, "detail", "message", "msg");
        return new ZaiError(captcha.asText("").isBlank() || captcha.isNull() ? code : "captcha", detail);
    }

    /** The code, where it is an HTTP status, else 0. */
    int status() {
        return code.matches("[45][0-9][0-9]") ? Integer.parseInt(code) : 0;
    }

    /** Whether one of these, in small letters, stands in it. */
    boolean says(String... words) {
        var text = (code + '\n' + detail).toLowerCase(Locale.ROOT);
        for (var word : words) {
            if (text.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the code, in small letters, holds this. */
    boolean coded(String word) {
        return code.toLowerCase(Locale.ROOT).contains(word);
    }

    private static String first(JsonNode node, String... names) {
        for (var name : names) {
            var value = node.path(name);
            var text = value.isArray() ? value.path(0).path("msg") : value;
            if (text.isTextual() || text.isIntegralNumber()) {
                return text.asText();
            }
        }
        return "";
    }
}
