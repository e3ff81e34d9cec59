package dev.serai.protocol.openairesponses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Fields;
import dev.serai.message.ChatRequestBuilder;
import dev.serai.message.Message;
import dev.serai.message.Part;
import dev.serai.message.Role;
import dev.serai.message.SystemBlock;
import dev.serai.message.SystemRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code input} items: leading system text, then turns. Items of the assistant's side that stand together make one
 * turn; the outputs of its calls stand behind it, wherever the caller has put them, and a user message goes on from
 * there. Used once.
 */
final class InputDecoder {

    private final ChatRequestBuilder request;
    private final List<SystemBlock> system = new ArrayList<>();
    private final List<Message> turns = new ArrayList<>();
    private final List<Part> results = new ArrayList<>();
    private AssistantTurn assistant = new AssistantTurn();
    private CallOutputs outputs = CallOutputs.NONE;

    InputDecoder(ChatRequestBuilder request) {
        this.request = request;
    }

    void decode(Fields fields) {
        String instructions = fields.text("instructions");
        if (instructions != null && !instructions.isEmpty()) {
            system.add(SystemBlock.of(instructions));
        }
        JsonNode input = fields.get("input");
        if (input != null && input.isTextual()) {
            turns.add(Message.of(Role.USER, input.textValue()));
        } else {
            outputs = CallOutputs.of(fields);
            fields.each("input", this::item);
        }
        closeAssistant();
        flushResults();
        request.system(system).messages(turns);
    }

    private void item(Fields item) {
        String type = item.text("type");
        if (type == null && item.has("role")) {
            type = "message";
        }
        switch (type) {
            case null -> throw item.invalid("type", "the type of an item, or the role of a message, is required");
            case "message" -> message(item);
            case "reasoning" -> {
                flushResults();
                assistant.reasoning(ReasoningItems.part(item.node()));
            }
            case "function_call", "custom_tool_call" -> {
                flushResults();
                assistant.call(CallItems.part(item));
            }
            case "function_call_output", "custom_tool_call_output" -> output(item);
            case "item_reference" ->
                throw StoredState.unsupported(
                        item.path(), "'item_reference' is not supported: send the item itself instead.");
            case "compaction", "compaction_trigger" -> user(List.of(opaque(item)), null);
            default -> {
                flushResults();
                assistant.add(opaque(item));
            }
        }
    }

    private static Part opaque(Fields item) {
        return new Part.Opaque(OpenAiResponsesProtocol.NAME, item.node());
    }

    private void message(Fields item) {
        switch (item.requiredText("role")) {
            case "user" -> user(PartsDecoder.content(item, "content", PartsDecoder.Who.USER), item.text("phase"));
            case "system" -> system(item, SystemRole.SYSTEM);
            case "developer" -> system(item, SystemRole.DEVELOPER);
            case "assistant" -> {
                flushResults();
                String phase = item.text("phase");
                if (assistant.isOtherPhase(phase)) {
                    closeAssistant();
                    flushResults();
                }
                assistant.message(PartsDecoder.content(item, "content", PartsDecoder.Who.ASSISTANT), phase);
            }
            default -> throw item.invalid("role", "user, assistant, system or developer is expected");
        }
    }

    private void user(List<Part> content, @Nullable String phase) {
        closeAssistant();
        List<Part> parts = new ArrayList<>(results);
        results.clear();
        parts.addAll(content);
        if (!parts.isEmpty()) {
            turns.add(new Message(Role.USER, parts, null, phase));
        }
    }

    private void system(Fields item, SystemRole role) {
        closeAssistant();
        flushResults();
        List<Part> parts = PartsDecoder.content(item, "content", PartsDecoder.Who.SYSTEM);
        if (!turns.isEmpty()) {
            turns.add(Message.of(Role.SYSTEM, parts));
            return;
        }
        for (Part part : parts) {
            if (part instanceof Part.Text text) {
                system.add(new SystemBlock(text.text(), text.cache(), role));
            }
        }
    }

    /** The output itself is placed with its call; here it only ends the turn that called. */
    private void output(Fields item) {
        String callId = item.requiredText("call_id");
        if (outputs.isOfHostedCall(callId)) {
            assistant.add(opaque(item));
        } else if (!outputs.isOfCall(callId)) {
            throw item.invalid("call_id", "answers no call among the items");
        } else if (assistant.calls().containsKey(callId)) {
            closeAssistant();
        }
    }

    private void closeAssistant() {
        Message turn = assistant.turn();
        if (turn != null) {
            flushResults();
            turns.add(turn);
            for (Map.Entry<String, String> call : assistant.calls().entrySet()) {
                Part.ToolResult result = outputs.take(call.getKey(), call.getValue());
                if (result != null) {
                    results.add(result);
                }
            }
        }
        assistant = new AssistantTurn();
    }

    private void flushResults() {
        if (!results.isEmpty()) {
            turns.add(Message.of(Role.USER, results));
            results.clear();
        }
    }
}
