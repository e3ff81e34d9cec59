package dev.serai.protocol.anthropicmessages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.Citation;
import dev.serai.message.MediaSource;
import dev.serai.message.Part;
import dev.serai.message.ProviderSignature;
import dev.serai.message.ReasoningForm;
import dev.serai.protocol.DataUrls;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parts of an answer as content blocks. */
final class AnswerBlocks {

    private AnswerBlocks() {}

    /** Appends the blocks of a part; what has no form here is left out. */
    static void write(Part part, ArrayNode content) {
        switch (part) {
            case Part.Text it -> {
                addText(it.text(), it.citations(), content);
                seal(it.signature(), content);
            }
            case Part.RefusalText it -> addText(it.text(), List.of(), content);
            case Part.Reasoning it -> content.add(reasoning(it));
            case Part.ToolCall it -> {
                ObjectNode input = ToolInput.parse(it.arguments());
                ObjectNode block = toolUse(it.id(), it.name());
                content.add(block.<ObjectNode>set("input", input == null ? Json.object() : input));
                seal(it.signature(), content);
            }
            case Part.Image it -> addText(link(it.source()), List.of(), content);
            case Part.Opaque it -> {
                if (it.protocol().equals(AnthropicMessagesProtocol.NAME)) {
                    content.add(it.raw());
                }
            }
            case Part.Document it -> {}
            case Part.Audio it -> {}
            case Part.Video it -> {}
            case Part.ToolResult it -> {}
        }
    }

    static ObjectNode text(String text, List<Citation> citations) {
        ObjectNode block = Json.object().put("type", "text").put("text", text);
        ArrayNode told = Citations.write(citations);
        return told == null ? block.putNull("citations") : block.set("citations", told);
    }

    /** A call without arguments yet. */
    static ObjectNode toolUse(String id, String name) {
        ObjectNode block = Json.object().put("type", "tool_use").put("id", id).put("name", name);
        block.putObject("input");
        block.putObject("caller").put("type", "direct");
        return block;
    }

    /** A picture that the model made, as a link in its text. */
    static String link(MediaSource source) {
        return switch (source) {
            case MediaSource.Base64 data -> "![image](" + DataUrls.of(data) + ")";
            case MediaSource.Url url -> "![image](" + url.url() + ")";
            case MediaSource.FileId file -> "";
            case MediaSource.InlineText text -> text.text();
        };
    }

    private static void addText(String text, List<Citation> citations, ArrayNode content) {
        if (!text.isEmpty()) {
            content.add(text(text, citations));
        }
    }

    private static ObjectNode reasoning(Part.Reasoning part) {
        ProviderSignature seal = part.signature();
        boolean redacted = part.form() == ReasoningForm.REDACTED
                || part.text().isEmpty() && seal != null && ThinkingBlocks.isRedacted(seal);
        return redacted && seal != null ? ThinkingBlocks.redacted(seal) : ThinkingBlocks.thinking(part.text(), seal);
    }

    private static void seal(@Nullable ProviderSignature seal, ArrayNode content) {
        if (seal != null) {
            content.add(ThinkingBlocks.redacted(seal));
        }
    }
}
