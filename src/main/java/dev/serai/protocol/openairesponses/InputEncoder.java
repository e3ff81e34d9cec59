package dev.serai.protocol.openairesponses;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.CacheHint;
import dev.serai.message.ChatRequest;
import dev.serai.message.Message;
import dev.serai.message.Part;
import dev.serai.message.Role;
import dev.serai.message.SystemBlock;
import dev.serai.message.SystemRole;
import dev.serai.message.ToolKind;
import dev.serai.protocol.Losses;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** System text and turns as {@code instructions} and {@code input}: every call has its output right behind its turn. Used once. */
final class InputEncoder {

    private final ChatRequest request;
    private final AssistantEncoder assistant;
    private final ArrayNode input = Json.array();
    private final Map<String, ToolKind> openCalls = new LinkedHashMap<>();

    InputEncoder(ChatRequest request, Losses losses) {
        this.request = request;
        this.assistant = new AssistantEncoder(input, losses);
    }

    /** @param prompt an operator's text to stand in front, or null */
    void encode(@Nullable String prompt, ObjectNode body) {
        system(prompt, body);
        for (Message message : request.messages()) {
            switch (message.role()) {
                case USER -> user(message);
                case ASSISTANT -> assistant(message);
                case SYSTEM -> {
                    closeCalls();
                    message("system", message.parts());
                }
            }
        }
        closeCalls();
        body.set("input", input);
    }

    /** Plain text of one rank fits {@code instructions}; ranks and cache hints need items. */
    private void system(@Nullable String prompt, ObjectNode body) {
        var blocks = new ArrayList<SystemBlock>();
        if (prompt != null && !prompt.isBlank()) {
            SystemRole role = request.system().isEmpty()
                    ? SystemRole.SYSTEM
                    : request.system().getFirst().role();
            blocks.add(new SystemBlock(prompt, null, role));
        }
        blocks.addAll(request.system());
        if (blocks.isEmpty()) {
            return;
        }
        if (blocks.stream().allMatch(block -> block.role() == SystemRole.SYSTEM && block.cache() == null)) {
            body.put(
                    "instructions",
                    String.join("\n\n", blocks.stream().map(SystemBlock::text).toList()));
            return;
        }
        int from = 0;
        for (int i = 1; i <= blocks.size(); i++) {
            if (i == blocks.size() || blocks.get(i).role() != blocks.get(from).role()) {
                message(blocks.get(from).role().name().toLowerCase(Locale.ROOT), texts(blocks.subList(from, i)));
                from = i;
            }
        }
    }

    private static List<Part> texts(List<SystemBlock> blocks) {
        var parts = new ArrayList<Part>();
        for (SystemBlock block : blocks) {
            CacheHint cache = block.cache();
            parts.add(new Part.Text(block.text(), List.of(), cache, null));
        }
        return parts;
    }

    private void message(String role, List<Part> parts) {
        input.add(Json.object().put("type", "message").put("role", role).set("content", ContentEncoder.encode(parts)));
    }

    private void user(Message message) {
        List<Part> rest = new ArrayList<>();
        Map<String, Part.ToolResult> results = new LinkedHashMap<>();
        for (Part part : message.parts()) {
            switch (part) {
                case Part.ToolResult it -> results.put(it.callId(), it);
                case Part.Opaque it -> opaque(it);
                case Part.Text it -> rest.add(it);
                case Part.Image it -> rest.add(it);
                case Part.Document it -> rest.add(it);
                case Part.Audio it -> rest.add(it);
                case Part.Video it -> rest.add(it);
                case Part.RefusalText it -> rest.add(it);
                case Part.Reasoning it -> rest.add(it);
                case Part.ToolCall it -> rest.add(it);
            }
        }
        for (Map.Entry<String, ToolKind> call : List.copyOf(openCalls.entrySet())) {
            Part.ToolResult result = results.remove(call.getKey());
            input.add(result == null ? noOutput(call.getKey(), call.getValue()) : output(result, call.getValue()));
        }
        openCalls.clear();
        var orphans = new ArrayList<Part>();
        results.values().forEach(orphan -> orphans.addAll(orphan.content()));
        rest.addAll(0, orphans);
        if (!rest.isEmpty()) {
            message(Role.USER.name().toLowerCase(Locale.ROOT), rest);
        }
    }

    private void opaque(Part.Opaque item) {
        if (!item.protocol().equals(OpenAiResponsesProtocol.NAME)) {
            throw Losses.unsupported("messages.opaque");
        }
        input.add(item.raw());
    }

    private void assistant(Message message) {
        closeCalls();
        assistant.write(message);
        for (Part part : message.parts()) {
            if (part instanceof Part.ToolCall call) {
                openCalls.put(call.id(), call.kind());
            }
        }
    }

    private void closeCalls() {
        openCalls.forEach((id, kind) -> input.add(noOutput(id, kind)));
        openCalls.clear();
    }

    private static ObjectNode noOutput(String callId, ToolKind kind) {
        return item(callId, kind).put("output", "(no result)");
    }

    private static ObjectNode output(Part.ToolResult result, ToolKind kind) {
        return item(result.callId(), kind).set("output", ContentEncoder.output(result));
    }

    private static ObjectNode item(String callId, ToolKind kind) {
        return Json.object()
                .put("type", kind == ToolKind.CUSTOM ? "custom_tool_call_output" : "function_call_output")
                .put("call_id", CallItems.callId(callId));
    }
}
