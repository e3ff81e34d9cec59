package dev.serai.protocol.anthropicmessages;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Fields;
import dev.serai.message.ChatRequestBuilder;
import dev.serai.message.Message;
import dev.serai.message.Part;
import dev.serai.message.Role;
import dev.serai.message.SystemBlock;
import dev.serai.message.SystemRole;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code system} and {@code messages}: messages of one role in a row make one turn, with its tool results in front. A
 * system message between calls and their results moves behind them. Used once.
 */
final class MessagesDecoder {

    /** A header that Claude Code hides in the prompt; it says nothing to a model and spoils prompt caches. */
    private static final String BILLING = "x-anthropic-billing-header:";

    private final ChatRequestBuilder request;
    private final List<SystemBlock> system = new ArrayList<>();
    private final List<Message> turns = new ArrayList<>();
    private final List<Message> held = new ArrayList<>();
    private final Map<String, String> openCalls = new HashMap<>();
    private final List<Part> pending = new ArrayList<>();
    private @Nullable Role speaker;

    MessagesDecoder(ChatRequestBuilder request) {
        this.request = request;
    }

    void decode(Fields fields) {
        system(fields);
        fields.each("messages", this::message);
        close();
        turns.addAll(held);
        request.system(system).messages(turns);
    }

    /** The body's first system block, where it is a header and no prompt. */
    static boolean isBilling(String text) {
        return text.startsWith(BILLING);
    }

    private void system(Fields fields) {
        JsonNode node = fields.get("system");
        if (node == null) {
            return;
        }
        if (node.isTextual()) {
            system(new Part.Text(node.textValue()));
            return;
        }
        fields.each("system", block -> {
            if (!block.requiredText("type").equals("text")) {
                throw block.invalid("type", "only text is allowed in the system prompt");
            }
            system(BlocksDecoder.text(block));
        });
    }

    private void system(Part part) {
        if (part instanceof Part.Text text && !text.text().isBlank() && !isBilling(text.text())) {
            system.add(new SystemBlock(text.text(), text.cache(), SystemRole.SYSTEM));
        }
    }

    private void message(Fields message) {
        switch (message.requiredText("role")) {
            case "user" -> user(message);
            case "assistant" -> assistant(message);
            case "system" -> system(BlocksDecoder.content(message, BlocksDecoder.Where.SYSTEM));
            default -> throw message.invalid("role", "user, assistant or system is expected");
        }
    }

    private void user(Fields message) {
        List<Part> parts = BlocksDecoder.content(message, BlocksDecoder.Where.USER);
        if (parts.isEmpty()) {
            throw message.invalid("content", "at least one block that is not empty is required");
        }
        turn(Role.USER);
        for (Part part : parts) {
            pending.add(part instanceof Part.ToolResult result ? named(result, message) : part);
        }
    }

    private Part named(Part.ToolResult result, Fields message) {
        String name = openCalls.remove(result.callId());
        if (name == null) {
            throw message.invalid(
                    "content", "a tool_result answers no open tool_use of the assistant message before it");
        }
        return new Part.ToolResult(result.callId(), name, result.content(), result.isError(), result.cache());
    }

    private void assistant(Fields message) {
        List<Part> parts = BlocksDecoder.content(message, BlocksDecoder.Where.ASSISTANT);
        if (!parts.isEmpty()) {
            turn(Role.ASSISTANT);
        }
        for (Part part : parts) {
            pending.add(part);
            if (part instanceof Part.ToolCall call) {
                openCalls.put(call.id(), call.name());
            }
        }
    }

    private void system(List<Part> parts) {
        if (turns.isEmpty() && pending.isEmpty()) {
            parts.forEach(this::system);
        } else if (!parts.isEmpty() && !openCalls.isEmpty()) {
            held.add(Message.of(Role.SYSTEM, parts));
        } else if (!parts.isEmpty()) {
            close();
            turns.add(Message.of(Role.SYSTEM, parts));
        }
    }

    private void turn(Role role) {
        if (speaker != role) {
            close();
            speaker = role;
        }
    }

    private void close() {
        if (!pending.isEmpty()) {
            Role role = speaker == null ? Role.USER : speaker;
            turns.add(Message.of(role, role == Role.USER ? resultsFirst() : pending));
            pending.clear();
            if (role == Role.USER) {
                openCalls.clear();
                turns.addAll(held);
                held.clear();
            }
        }
        speaker = null;
    }

    private List<Part> resultsFirst() {
        List<Part> ordered = new ArrayList<>(pending.size());
        pending.stream().filter(Part.ToolResult.class::isInstance).forEach(ordered::add);
        pending.stream().filter(part -> !(part instanceof Part.ToolResult)).forEach(ordered::add);
        return ordered;
    }
}
