package dev.serai.protocol.anthropicmessages;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Fields;
import dev.serai.json.Json;
import dev.serai.message.Part;
import dev.serai.message.ToolKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The {@code content} of a message or a tool result: a string or an array of blocks. Empty texts are passed over. */
final class BlocksDecoder {

    /** Where blocks stand, as far as that decides on what they may be. */
    enum Where {
        SYSTEM,
        USER,
        ASSISTANT,
        RESULT
    }

    private BlocksDecoder() {}

    static List<Part> content(Fields owner, Where where) {
        JsonNode content = owner.get("content");
        if (content == null && where != Where.RESULT) {
            throw owner.invalid("content", "a string or an array of blocks is required");
        }
        var parts = new ArrayList<Part>();
        if (content == null) {
            return parts;
        }
        if (content.isTextual()) {
            add(new Part.Text(content.textValue()), parts);
        } else if (content.isArray()) {
            owner.each("content", block -> block(block, where, parts));
        } else {
            throw owner.invalid("content", "a string or an array of blocks is expected");
        }
        return parts;
    }

    static Part.Text text(Fields block) {
        String text = block.text("text");
        return new Part.Text(
                text == null ? "" : text,
                Citations.read(block.node().path("citations")),
                CacheControl.read(block),
                null);
    }

    private static void add(Part.Text text, List<Part> parts) {
        if (!text.text().isBlank()) {
            parts.add(text);
        }
    }

    private static void block(Fields block, Where where, List<Part> parts) {
        String type = block.requiredText("type");
        if (type.equals("text")) {
            add(text(block), parts);
            return;
        }
        switch (where) {
            case SYSTEM -> throw block.invalid("type", "only text is allowed in a system message");
            case USER -> user(block, type, parts);
            case RESULT -> result(block, type, parts);
            case ASSISTANT -> assistant(block, type, parts);
        }
    }

    private static void user(Fields block, String type, List<Part> parts) {
        switch (type) {
            case "tool_result" -> parts.add(toolResult(block));
            case "thinking", "redacted_thinking" -> {
                // what a model has thought is nothing that a user says
            }
            case "container_upload" -> parts.add(new Part.Opaque(AnthropicMessagesProtocol.NAME, block.node()));
            default -> MediaBlocks.read(block, type, parts);
        }
    }

    private static void result(Fields block, String type, List<Part> parts) {
        if (type.equals("tool_reference")) {
            parts.add(new Part.Text("Tool found: " + block.requiredText("tool_name")));
        } else {
            MediaBlocks.read(block, type, parts);
        }
    }

    private static void assistant(Fields block, String type, List<Part> parts) {
        switch (type) {
            case "tool_use" -> parts.add(toolUse(block));
            case "thinking", "redacted_thinking" -> ThinkingBlocks.read(block, type, parts);
            case "tool_result" -> throw block.invalid("type", "a tool_result may only stand in a user message");
            case "image", "document", "search_result" -> MediaBlocks.read(block, type, parts);
            default -> parts.add(new Part.Opaque(AnthropicMessagesProtocol.NAME, block.node()));
        }
    }

    private static Part toolUse(Fields block) {
        JsonNode input = block.get("input");
        if (input != null && !input.isObject()) {
            throw block.invalid("input", "an object is expected");
        }
        return new Part.ToolCall(
                block.requiredText("id"),
                block.requiredText("name"),
                ToolKind.FUNCTION,
                input == null ? "{}" : new String(Json.bytes(input), StandardCharsets.UTF_8),
                null);
    }

    private static Part toolResult(Fields block) {
        return new Part.ToolResult(
                block.requiredText("tool_use_id"),
                null,
                content(block, Where.RESULT),
                Boolean.TRUE.equals(block.flag("is_error")),
                CacheControl.read(block));
    }
}
