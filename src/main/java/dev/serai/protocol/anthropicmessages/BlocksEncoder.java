package dev.serai.protocol.anthropicmessages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.Part;
import dev.serai.message.ReasoningForm;
import dev.serai.protocol.Losses;

/** Parts as content blocks of a request. */
final class BlocksEncoder {

    private final AnthropicMessagesDialect dialect;
    private final CacheMarks cache;
    private final Losses losses;
    private final MediaEncoder media;

    BlocksEncoder(AnthropicMessagesDialect dialect, CacheMarks cache, Losses losses) {
        this.dialect = dialect;
        this.cache = cache;
        this.losses = losses;
        this.media = new MediaEncoder(losses);
    }

    /** Parts of a user's turn or of a tool's result. @throws dev.serai.message.Refusal for what has no form here */
    void parts(Iterable<Part> parts, ArrayNode content) {
        for (Part part : parts) {
            switch (part) {
                case Part.Text it -> text(it, content);
                case Part.Image it -> content.add(cache.mark(media.image(it), it.cache()));
                case Part.Document it -> content.add(cache.mark(media.document(it), it.cache()));
                case Part.RefusalText it -> text(new Part.Text(it.text()), content);
                case Part.Opaque it -> opaque(it, content);
                case Part.Audio it -> throw Losses.unsupported("messages.audio");
                case Part.Video it -> throw Losses.unsupported("messages.video");
                case Part.Reasoning it -> throw Losses.unsupported("messages.reasoning");
                case Part.ToolCall it -> throw Losses.unsupported("messages.toolCall");
                case Part.ToolResult it -> throw Losses.unsupported("messages.toolResult");
            }
        }
    }

    /** A part of the model's own turn. */
    void assistant(Part part, ArrayNode content) {
        switch (part) {
            case Part.Text it -> text(it, content);
            case Part.RefusalText it -> text(new Part.Text(it.text()), content);
            case Part.ToolCall it -> content.add(call(it));
            case Part.Reasoning it -> reasoning(it, content);
            case Part.Opaque it -> {
                if (it.protocol().equals(AnthropicMessagesProtocol.NAME) && dialect.hostsTools()) {
                    content.add(it.raw());
                }
            }
            case Part.Image it -> losses.drop("messages.image");
            case Part.Document it -> losses.drop("messages.document");
            case Part.Audio it -> losses.drop("messages.audio");
            case Part.Video it -> losses.drop("messages.video");
            case Part.ToolResult it -> {}
        }
    }

    /** An empty text is an error on this wire. */
    private void text(Part.Text text, ArrayNode content) {
        if (!text.text().isBlank()) {
            content.add(cache.mark(Json.object().put("type", "text").put("text", text.text()), text.cache()));
        }
    }

    private static void opaque(Part.Opaque item, ArrayNode content) {
        if (!item.protocol().equals(AnthropicMessagesProtocol.NAME)) {
            throw Losses.unsupported("messages.opaque");
        }
        content.add(item.raw());
    }

    /** Only the issuer of a seal can read it: thinking without one, or with somebody else's, is left out. */
    private void reasoning(Part.Reasoning reasoning, ArrayNode content) {
        var seal = reasoning.signature();
        if (seal == null || !Signatures.own(seal, dialect.issuer())) {
            return;
        }
        boolean redacted = reasoning.form() == ReasoningForm.REDACTED;
        ObjectNode block = Json.object().put("type", redacted ? "redacted_thinking" : "thinking");
        if (redacted) {
            block.put("data", seal.value());
        } else {
            block.put("thinking", reasoning.text()).put("signature", seal.value());
        }
        content.add(block);
    }

    private ObjectNode call(Part.ToolCall call) {
        ObjectNode input = ToolInput.parse(call.arguments());
        if (input == null) {
            losses.drop("messages.toolCall.arguments");
            input = Json.object().put("_raw", call.arguments());
        }
        ObjectNode node = Json.object()
                .put("type", "tool_use")
                .put("id", ToolIds.of(call.id()))
                .put("name", call.name());
        return node.set("input", input);
    }

    ObjectNode result(Part.ToolResult result) {
        ObjectNode node = Json.object().put("type", "tool_result").put("tool_use_id", ToolIds.of(result.callId()));
        if (result.content().size() == 1
                && result.content().getFirst() instanceof Part.Text text
                && text.cache() == null) {
            node.put("content", text.text());
        } else {
            ArrayNode content = Json.array();
            parts(result.content(), content);
            if (!content.isEmpty()) {
                node.set("content", content);
            }
        }
        if (result.isError()) {
            node.put("is_error", true);
        }
        return cache.mark(node, result.cache());
    }

    static ObjectNode noResult(String callId) {
        return Json.object()
                .put("type", "tool_result")
                .put("tool_use_id", ToolIds.of(callId))
                .put("content", "(no result)");
    }
}
