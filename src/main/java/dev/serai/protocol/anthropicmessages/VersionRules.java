package dev.serai.protocol.anthropicmessages;

import dev.serai.json.JsonObjectSpans;
import dev.serai.json.JsonSpans;
import dev.serai.json.Members;
import dev.serai.json.Span;
import dev.serai.message.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What version 2026-10-21 refuses and the one before bore (vendor's migration page of that date). */
final class VersionRules {

    private static final byte[] DOCUMENT = "\"document\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CITATIONS = "\"citations\"".getBytes(StandardCharsets.US_ASCII);

    private VersionRules() {}

    /** @throws Refusal that names the first field at fault */
    static void check(byte[] body, JsonObjectSpans members) {
        for (String name : List.of("temperature", "top_p", "top_k")) {
            if (members.value(name) != null) {
                throw Refusal.invalid(
                        name, name + ": Extra inputs are not permitted from anthropic-version 2026-10-21 on");
            }
        }
        Span messages = members.value("messages");
        if (messages == null || !ByteSearch.contains(body, DOCUMENT) && !ByteSearch.contains(body, CITATIONS)) {
            return;
        }
        List<Span> elements = JsonSpans.elements(body, messages);
        for (int i = 0; i < elements.size(); i++) {
            message(body, elements.get(i), "messages[" + i + "].content");
        }
    }

    private static void message(byte[] body, Span span, String path) {
        Members message = object(body, span);
        Span content = message == null ? null : message.present("content");
        if (message == null || content == null || body[content.from()] != '[') {
            return;
        }
        boolean assistant = message.isText("role", "assistant");
        List<Span> blocks = JsonSpans.elements(body, content);
        for (int i = 0; i < blocks.size(); i++) {
            Members block = object(body, blocks.get(i));
            if (block != null) {
                block(block, assistant, body, path + "[" + i + "]");
            }
        }
    }

    private static void block(Members block, boolean assistant, byte[] body, String path) {
        if (assistant && block.isText("type", "document")) {
            throw Refusal.invalid(
                    path,
                    path + ": a document may not stand in an assistant message from anthropic-version 2026-10-21 on");
        }
        Span citations = block.present("citations");
        boolean cites = citations != null
                && body[citations.from()] == '['
                && !JsonSpans.elements(body, citations).isEmpty();
        if (!assistant && cites && block.isText("type", "text")) {
            throw Refusal.invalid(
                    path + ".citations",
                    path + ".citations: user text may not hold citations from anthropic-version 2026-10-21 on");
        }
    }

    private static @Nullable Members object(byte[] body, Span span) {
        return body[span.from()] == '{' ? Members.of(body, JsonObjectSpans.within(body, span)) : null;
    }
}
