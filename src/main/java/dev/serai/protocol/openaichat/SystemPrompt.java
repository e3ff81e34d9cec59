package dev.serai.protocol.openaichat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.json.JsonSpans;
import dev.serai.json.Members;
import dev.serai.json.Span;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Puts an operator's text in front of a passing request's system text. */
final class SystemPrompt {

    private SystemPrompt() {}

    /** @return false when the messages have a shape that must be translated */
    static boolean prepend(String prompt, RequestPatch patch) {
        Span messages = patch.editable("messages");
        List<Span> elements = patch.messages();
        if (messages == null || elements.isEmpty()) {
            return messages == null;
        }
        byte[] body = patch.body();
        if (body[elements.getFirst().from()] != '{') {
            return false;
        }
        Members first = patch.members(elements.getFirst());
        Span content = first.present("content");
        if (!isSystem(first) || content == null) {
            patch.splice().insert(messages.from() + 1, message(prompt));
        } else if (body[content.from()] == '"') {
            byte[] text = Json.bytes(prompt + "\n\n");
            patch.splice().insert(content.from() + 1, Arrays.copyOfRange(text, 1, text.length - 1));
        } else if (body[content.from()] == '['
                && !JsonSpans.elements(body, content).isEmpty()) {
            patch.splice().insert(content.from() + 1, part(prompt + "\n\n"));
        } else {
            return false;
        }
        return true;
    }

    private static boolean isSystem(Members message) {
        Span role = message.present("role");
        return role != null && ("system".equals(message.text("role")) || "developer".equals(message.text("role")));
    }

    private static byte[] message(String prompt) {
        return withComma(Json.object().put("role", "system").put("content", prompt));
    }

    private static byte[] part(String text) {
        return withComma(Json.object().put("type", "text").put("text", text));
    }

    private static byte[] withComma(ObjectNode node) {
        return (new String(Json.bytes(node), StandardCharsets.UTF_8) + ",").getBytes(StandardCharsets.UTF_8);
    }
}
