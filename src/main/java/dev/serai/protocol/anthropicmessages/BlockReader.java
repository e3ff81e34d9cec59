package dev.serai.protocol.anthropicmessages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.ChatEvent;
import dev.serai.message.Part;
import dev.serai.message.ProviderSignature;
import dev.serai.message.ReasoningForm;
import dev.serai.message.SignatureKind;
import dev.serai.message.ToolKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The content blocks of one stream as parts. A part gets its number when it first says something; blocks of hosted tools
 * are collected and come whole.
 */
final class BlockReader {

    private final AnthropicMessagesDialect dialect;
    private final Map<Integer, Block> open = new TreeMap<>();
    private String messageId = "";
    private int last = -1;
    private boolean calls;

    private static final class Block {
        private final String type;
        private final JsonNode first;
        private final StringBuilder input = new StringBuilder();
        private int part = -1;

        Block(String type, JsonNode first) {
            this.type = type;
            this.first = first;
        }
    }

    BlockReader(AnthropicMessagesDialect dialect) {
        this.dialect = dialect;
    }

    void messageId(String id) {
        messageId = id;
    }

    boolean sawCalls() {
        return calls;
    }

    void start(int index, JsonNode first, Consumer<ChatEvent> out) {
        stop(index, out);
        var block = new Block(first.path("type").asText(), first);
        open.put(index, block);
        switch (block.type) {
            case "text" -> text(block, first.path("text").asText(""), out);
            case "thinking" -> {
                thinking(block, first.path("thinking").asText(""), out);
                seal(block, first.path("signature").asText(""), SignatureKind.SIGNATURE, out);
            }
            case "redacted_thinking" -> seal(block, first.path("data").asText(""), SignatureKind.REDACTED_DATA, out);
            case "tool_use" -> {
                calls = true;
                int part = part(block);
                String id =
                        AnthropicMessagesResponseDecoder.callId(first.path("id").asText(""), messageId, part);
                out.accept(
                        new ChatEvent.ToolCallStart(part, id, first.path("name").asText(""), ToolKind.FUNCTION));
            }
            default -> {
                // comes whole at its end
            }
        }
    }

    void delta(int index, JsonNode delta, Consumer<ChatEvent> out) {
        Block block = open.get(index);
        String type = delta.path("type").asText();
        if (block == null) {
            block = new Block(
                    type.startsWith("thinking") || type.startsWith("signature") ? "thinking" : "text", Json.object());
            open.put(index, block);
        }
        switch (type) {
            case "text_delta" -> text(block, delta.path("text").asText(""), out);
            case "thinking_delta" -> thinking(block, delta.path("thinking").asText(""), out);
            case "signature_delta" -> seal(block, delta.path("signature").asText(""), SignatureKind.SIGNATURE, out);
            case "input_json_delta" -> input(block, delta.path("partial_json").asText(""), out);
            case "citations_delta" -> {
                if (delta.path("citation") instanceof ObjectNode citation && block.type.equals("text")) {
                    out.accept(new ChatEvent.Cited(part(block), Citations.read(citation)));
                }
            }
            default -> {
                // deltas that came later than this code say nothing that it must know
            }
        }
    }

    void stop(int index, Consumer<ChatEvent> out) {
        Block block = open.remove(index);
        if (block == null) {
            return;
        }
        switch (block.type) {
            case "text", "thinking", "redacted_thinking" -> {}
            case "tool_use" -> {
                JsonNode input = block.first.path("input");
                if (block.input.isEmpty()) {
                    String whole = input.isObject() ? new String(Json.bytes(input), StandardCharsets.UTF_8) : "{}";
                    out.accept(new ChatEvent.ToolCallArgsDelta(block.part, whole));
                }
                out.accept(new ChatEvent.ToolCallEnd(block.part));
            }
            default -> whole(block, out);
        }
    }

    /** Ends what the source has left open. */
    void end(Consumer<ChatEvent> out) {
        List.copyOf(open.keySet()).forEach(index -> stop(index, out));
    }

    private int part(Block block) {
        if (block.part < 0) {
            block.part = ++last;
        }
        return block.part;
    }

    private void text(Block block, String text, Consumer<ChatEvent> out) {
        if (!text.isEmpty()) {
            out.accept(new ChatEvent.TextDelta(part(block), text));
        }
    }

    private void thinking(Block block, String text, Consumer<ChatEvent> out) {
        if (!text.isEmpty()) {
            out.accept(new ChatEvent.ReasoningDelta(part(block), text, ReasoningForm.FULL));
        }
    }

    private void seal(Block block, String value, SignatureKind kind, Consumer<ChatEvent> out) {
        ProviderSignature seal = Signatures.read(value, kind, dialect.issuer());
        if (seal != null) {
            out.accept(new ChatEvent.Signature(part(block), seal));
        }
    }

    private void input(Block block, String fragment, Consumer<ChatEvent> out) {
        if (block.input.isEmpty() || !block.type.equals("tool_use")) {
            block.input.append(fragment);
        }
        if (block.type.equals("tool_use") && !fragment.isEmpty()) {
            out.accept(new ChatEvent.ToolCallArgsDelta(part(block), fragment));
        }
    }

    private void whole(Block block, Consumer<ChatEvent> out) {
        JsonNode raw = block.first;
        ObjectNode input = block.input.isEmpty() ? null : ToolInput.parse(block.input.toString());
        if (input != null && raw instanceof ObjectNode object) {
            object.set("input", input);
        }
        if (raw.isObject() && !block.type.isEmpty()) {
            out.accept(new ChatEvent.PartComplete(part(block), new Part.Opaque(AnthropicMessagesProtocol.NAME, raw)));
        }
    }
}
