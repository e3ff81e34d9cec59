package dev.serai.provider.zhipu;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Json;
import dev.serai.json.JsonSpans;
import dev.serai.json.Members;
import dev.serai.json.Span;
import dev.serai.protocol.openaichat.RequestPatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The edits of a passing request's messages: Zhipu knows no developer, and loses list content outside of user messages. */
final class ZhipuMessages {

    private static final byte[] EMPTY = "\"\"".getBytes(StandardCharsets.US_ASCII);

    private ZhipuMessages() {}

    /** @return false when a message must be translated */
    static boolean patch(RequestPatch patch) {
        for (Span span : patch.messages()) {
            if (patch.body()[span.from()] != '{' || !patch(patch.members(span), patch)) {
                return false;
            }
        }
        return true;
    }

    private static boolean patch(Members message, RequestPatch patch) {
        Span role = message.present("role");
        if (role == null || message.isText("role", "function") || message.present("function_call") != null) {
            return false;
        }
        if (message.isText("role", "user")) {
            return true;
        }
        if (message.isText("role", "developer")) {
            patch.splice().replace(role, Json.bytes("system"));
        }
        if (message.isArray("content")) {
            return flatten(message, patch);
        }
        Span content = message.spans().value("content");
        if (content != null && message.present("content") == null) {
            patch.splice().replace(content, EMPTY);
        }
        return true;
    }

    private static boolean flatten(Members message, RequestPatch patch) {
        Span content = message.present("content");
        List<String> texts = new ArrayList<>();
        if (content == null) {
            return false;
        }
        for (Span part : JsonSpans.elements(patch.body(), content)) {
            String text = text(patch.body(), part);
            if (text == null) {
                return false;
            }
            texts.add(text);
        }
        String glue = message.isText("role", "assistant") ? "" : "\n";
        patch.splice().replace(content, Json.bytes(String.join(glue, texts)));
        return true;
    }

    private static @Nullable String text(byte[] body, Span span) {
        try {
            JsonNode part = Json.tree(body, span.from(), span.to());
            JsonNode text = part.path(part.path("type").asText().equals("refusal") ? "refusal" : "text");
            return text.isTextual() ? text.textValue() : null;
        } catch (IOException e) {
            throw new IllegalArgumentException("not scanned before", e);
        }
    }
}
