package dev.serai.protocol.openaichat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Fields;
import dev.serai.message.ChatRequestBuilder;
import dev.serai.message.Message;
import dev.serai.message.Part;
import dev.serai.message.Refusal;
import dev.serai.message.Role;
import dev.serai.message.SystemBlock;
import dev.serai.message.SystemRole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code messages} array: leading system text, then turns. Tool messages and a user message right behind them make
 * one user turn; every call must be answered right behind its message, and nothing else may be. Used once.
 */
final class MessagesDecoder {

    private final ChatRequestBuilder request;
    private final List<SystemBlock> system = new ArrayList<>();
    private final List<Message> turns = new ArrayList<>();
    private final Map<String, String> openCalls = new LinkedHashMap<>();
    private final Map<String, Part.ToolResult> results = new LinkedHashMap<>();
    private String callsPath = "";

    MessagesDecoder(ChatRequestBuilder request) {
        this.request = request;
    }

    void decode(Fields fields) {
        fields.each("messages", this::message);
        closeResults();
        flushResults();
        request.system(system).messages(turns);
    }

    private void message(Fields message) {
        switch (message.requiredText("role")) {
            case "system" -> system(message, SystemRole.SYSTEM);
            case "developer" -> system(message, SystemRole.DEVELOPER);
            case "user" -> user(message);
            case "assistant" -> assistant(message);
            case "tool" -> result(message, message.requiredText("tool_call_id"), "tool_call_id");
            case "function" -> result(message, functionCallId(message.requiredText("name")), "name");
            default ->
                throw message.invalid("role", "system, developer, user, assistant, tool or function is expected");
        }
    }

    private void system(Fields message, SystemRole role) {
        closeResults();
        flushResults();
        List<Part> parts = PartsDecoder.content(message, PartsDecoder.Who.SYSTEM);
        if (!turns.isEmpty()) {
            turns.add(new Message(Role.SYSTEM, parts, message.text("name"), null));
            return;
        }
        for (Part part : parts) {
            if (part instanceof Part.Text text) {
                system.add(new SystemBlock(text.text(), text.cache(), role));
            }
        }
    }

    private void user(Fields message) {
        closeResults();
        List<Part> parts = new ArrayList<>(results.values());
        results.clear();
        parts.addAll(PartsDecoder.content(message, PartsDecoder.Who.USER));
        turns.add(new Message(Role.USER, parts, message.text("name"), null));
    }

    private void assistant(Fields message) {
        closeResults();
        flushResults();
        List<Part> parts = AssistantDecoder.parts(message, "call_" + turns.size());
        if (parts.isEmpty()) {
            throw message.invalid("content", "is required unless there are tool calls");
        }
        for (Part part : parts) {
            if (part instanceof Part.ToolCall call) {
                openCalls.put(call.id(), call.name());
            }
        }
        callsPath = message.at("tool_calls");
        turns.add(new Message(Role.ASSISTANT, parts, message.text("name"), null));
    }

    /** Of two results for one call the later one counts, in the place of the first. */
    private void result(Fields message, @Nullable String id, String field) {
        String name = id == null ? null : openCalls.remove(id);
        if (id == null || name == null && !results.containsKey(id)) {
            throw message.invalid(field, "answers no open tool call of the assistant message before it");
        }
        JsonNode content = message.get("content");
        List<Part> parts = content == null ? List.of() : PartsDecoder.content(message, PartsDecoder.Who.TOOL);
        Part.ToolResult before = results.get(id);
        String called = before == null ? name : before.name();
        results.put(id, new Part.ToolResult(id, called, parts, false, null));
    }

    private @Nullable String functionCallId(String name) {
        for (Map.Entry<String, String> call : openCalls.entrySet()) {
            if (call.getValue().equals(name)) {
                return call.getKey();
            }
        }
        return null;
    }

    /** The turn after the calls begins: no call may be open. */
    private void closeResults() {
        if (!openCalls.isEmpty()) {
            throw Refusal.invalid(
                    callsPath,
                    callsPath + ": must be followed by a tool message for each call; missing: "
                            + String.join(", ", openCalls.keySet()));
        }
    }

    private void flushResults() {
        if (!results.isEmpty()) {
            turns.add(Message.of(Role.USER, List.copyOf(results.values())));
            results.clear();
        }
    }
}
