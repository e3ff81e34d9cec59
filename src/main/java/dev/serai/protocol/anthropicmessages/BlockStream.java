package dev.serai.protocol.anthropicmessages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.ChatEvent;
import dev.serai.message.ChatEvent.ReasoningDelta;
import dev.serai.message.ChatEvent.Signature;
import dev.serai.message.ChatEvent.ToolCallStart;
import dev.serai.message.Part;
import dev.serai.message.ProviderSignature;
import dev.serai.stream.ByteSink;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The content blocks of one stream: one open at a time, numbered without gaps. Takes part events, part by part. */
final class BlockStream {

    private final EventWriter events;
    private String messageId = "";
    private int index = -1;
    private int part = -1;
    private @Nullable Type open;
    private @Nullable ProviderSignature seal;

    /** What the open block is. */
    private enum Type {
        TEXT,
        THINKING,
        CALL
    }

    BlockStream(EventWriter events) {
        this.events = events;
    }

    void messageId(String id) {
        messageId = id;
    }

    void accept(ChatEvent event, ByteSink out) {
        switch (event) {
            case ChatEvent.TextDelta it -> text(it.index(), it.text(), out);
            case ChatEvent.RefusalDelta it -> text(it.index(), it.text(), out);
            case ReasoningDelta it -> thinking(it, out);
            case Signature it -> seal(it, out);
            case ToolCallStart it -> call(it, out);
            case ChatEvent.ToolCallArgsDelta it -> arguments(it, out);
            case ChatEvent.ToolCallEnd it -> {
                if (isOpen(it.index(), Type.CALL)) {
                    close(out);
                }
            }
            case ChatEvent.PartComplete it -> whole(it.index(), it.part(), out);
            case ChatEvent.Cited it -> {
                if (isOpen(it.index(), Type.TEXT)) {
                    events.cited(index, it.citation(), out);
                }
            }
            case ChatEvent.Start it -> {}
            case ChatEvent.Logprobs it -> {}
            case ChatEvent.UsageReport it -> {}
            case ChatEvent.Finished it -> {}
            case ChatEvent.Failed it -> {}
            case ChatEvent.Ping it -> {}
        }
    }

    /** Closes the open block: its seal stands last in thinking, else in a block of its own. */
    void close(ByteSink out) {
        Type type = open;
        if (type == null) {
            return;
        }
        open = null;
        ProviderSignature last = seal;
        seal = null;
        if (last != null && type == Type.THINKING) {
            events.delta(index, "signature_delta", "signature", Signatures.write(last), out);
        }
        events.blockStop(index, out);
        if (last != null && type != Type.THINKING) {
            block(ThinkingBlocks.redacted(last), out);
        }
    }

    private boolean isOpen(int of, Type type) {
        return open == type && part == of;
    }

    private void begin(int of, Type type, ObjectNode block, ByteSink out) {
        close(out);
        part = of;
        open = type;
        events.blockStart(++index, block, out);
    }

    private void block(ObjectNode block, ByteSink out) {
        events.blockStart(++index, block, out);
        events.blockStop(index, out);
    }

    private void text(int of, String text, ByteSink out) {
        if (text.isEmpty()) {
            return;
        }
        if (!isOpen(of, Type.TEXT)) {
            begin(of, Type.TEXT, AnswerBlocks.text("", List.of()), out);
        }
        events.delta(index, "text_delta", "text", text, out);
    }

    private void thinking(ReasoningDelta delta, ByteSink out) {
        if (delta.text().isEmpty()) {
            return;
        }
        if (!isOpen(delta.index(), Type.THINKING)) {
            begin(delta.index(), Type.THINKING, ThinkingBlocks.thinking("", null), out);
        }
        events.delta(index, "thinking_delta", "thinking", delta.text(), out);
    }

    private void call(ToolCallStart call, ByteSink out) {
        String id = AnthropicMessagesResponseDecoder.callId(call.id(), messageId, call.index());
        begin(call.index(), Type.CALL, AnswerBlocks.toolUse(id, call.name()), out);
    }

    private void arguments(ChatEvent.ToolCallArgsDelta delta, ByteSink out) {
        if (isOpen(delta.index(), Type.CALL) && !delta.fragment().isEmpty()) {
            events.delta(index, "input_json_delta", "partial_json", delta.fragment(), out);
        }
    }

    private void seal(Signature event, ByteSink out) {
        if (open != null && part == event.index()) {
            seal = event.signature();
        } else if (event.index() > part && ThinkingBlocks.isRedacted(event.signature())) {
            close(out);
            part = event.index();
            block(ThinkingBlocks.redacted(event.signature()), out);
        } else if (event.index() > part) {
            begin(event.index(), Type.THINKING, ThinkingBlocks.thinking("", null), out);
            seal = event.signature();
        }
    }

    private void whole(int of, Part whole, ByteSink out) {
        close(out);
        part = of;
        ArrayNode blocks = Json.array();
        AnswerBlocks.write(whole, blocks);
        blocks.forEach(block -> {
            if (block instanceof ObjectNode object) {
                if (whole instanceof Part.Image) {
                    text(of, object.path("text").asText(""), out);
                    close(out);
                } else {
                    block(object, out);
                }
            }
        });
    }
}
