package dev.serai.protocol.openairesponses;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.Message;
import dev.serai.message.Part;
import dev.serai.protocol.Losses;
import org.jspecify.annotations.Nullable;

/** A turn of the assistant as input items, in the order of its parts; texts that stand together share a message. */
final class AssistantEncoder {

    private final ArrayNode input;
    private final Losses losses;
    private @Nullable ArrayNode content;

    AssistantEncoder(ArrayNode input, Losses losses) {
        this.input = input;
        this.losses = losses;
    }

    void write(Message message) {
        content = null;
        for (Part part : message.parts()) {
            switch (part) {
                case Part.Text it -> content(message.phase()).add(OutputItems.text(it.text()));
                case Part.RefusalText it -> content(message.phase()).add(OutputItems.refusal(it.text()));
                case Part.ToolCall it -> item(CallItems.history(it));
                case Part.Reasoning it -> reasoning(it);
                case Part.Opaque it -> opaque(it);
                case Part.Image it -> losses.drop("messages.image");
                case Part.Document it -> losses.drop("messages.document");
                case Part.Audio it -> losses.drop("messages.audio");
                case Part.Video it -> losses.drop("messages.video");
                case Part.ToolResult it -> throw Losses.unsupported("messages.toolResult");
            }
        }
    }

    private ArrayNode content(@Nullable String phase) {
        ArrayNode open = content;
        if (open == null) {
            ObjectNode message = Json.object().put("type", "message").put("role", "assistant");
            if (phase != null) {
                message.put("phase", phase);
            }
            open = message.put("status", "completed").putArray("content");
            input.add(message);
            content = open;
        }
        return open;
    }

    private void item(ObjectNode item) {
        content = null;
        input.add(item);
    }

    private void reasoning(Part.Reasoning part) {
        ObjectNode item = ReasoningItems.history(part);
        if (item == null) {
            losses.drop("messages.reasoning");
        } else {
            item(item);
        }
    }

    /** What another protocol's own tools did has no form here. */
    private void opaque(Part.Opaque part) {
        if (part.protocol().equals(OpenAiResponsesProtocol.NAME)) {
            content = null;
            input.add(part.raw());
        } else {
            losses.drop("messages.opaque");
        }
    }
}
