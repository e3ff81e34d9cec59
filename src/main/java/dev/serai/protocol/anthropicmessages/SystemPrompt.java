package dev.serai.protocol.anthropicmessages;

import dev.serai.json.Json;
import dev.serai.json.JsonObjectSpans;
import dev.serai.json.JsonSpans;
import dev.serai.json.Members;
import dev.serai.json.ObjectEdit;
import dev.serai.json.Span;
import dev.serai.json.Splice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Puts an operator's text in front of a passing request's system text, but behind a client's billing header. */
final class SystemPrompt {

    private SystemPrompt() {}

    /** @return false when the system text has a shape that must be translated */
    static boolean prepend(String prompt, byte[] body, Members request, ObjectEdit top, Splice splice) {
        Span system = request.present("system");
        if (system == null) {
            top.set("system", Json.bytes(prompt));
            return true;
        }
        if (body[system.from()] == '"') {
            byte[] text = Json.bytes(prompt + "\n\n");
            splice.insert(system.from() + 1, Arrays.copyOfRange(text, 1, text.length - 1));
            return true;
        }
        List<Span> blocks = JsonSpans.elements(body, system);
        if (blocks.isEmpty()) {
            splice.insert(system.from() + 1, block(prompt));
            return true;
        }
        Span first = blocks.getFirst();
        if (body[first.from()] != '{') {
            return false;
        }
        String text = Members.of(body, JsonObjectSpans.within(body, first)).text("text");
        if (text != null && MessagesDecoder.isBilling(text)) {
            splice.insert(first.to(), joined(",", block(prompt), ""));
        } else {
            splice.insert(system.from() + 1, joined("", block(prompt), ","));
        }
        return true;
    }

    private static byte[] block(String prompt) {
        return Json.bytes(Json.object().put("type", "text").put("text", prompt));
    }

    private static byte[] joined(String before, byte[] block, String behind) {
        return (before + new String(block, StandardCharsets.UTF_8) + behind).getBytes(StandardCharsets.UTF_8);
    }
}
