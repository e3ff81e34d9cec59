package dev.serai.provider.zaiweb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Json;
import dev.serai.message.Part;
import dev.serai.message.ToolKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Calls of the caller's own tools: in blocks of the document, or in {@code tool_calls}. Those of others are left alone. */
final class ClientCalls {

    private static final Pattern BLOCK = Pattern.compile("<glm_block[^>]*>(.*?)</glm_block>", Pattern.DOTALL);

    private final Set<String> tools;
    private final Map<Integer, Draft> drafts = new LinkedHashMap<>();

    /** @param tools names of the caller's tools, as the upstream knows them */
    ClientCalls(Set<String> tools) {
        this.tools = tools;
    }

    private static final class Draft {
        private String id = "";
        private String name = "";
        private final StringBuilder arguments = new StringBuilder();
    }

    /** Calls, or pieces of them, in the OpenAI form. */
    void told(JsonNode calls) {
        for (int i = 0; i < calls.size(); i++) {
            var call = calls.get(i);
            var draft = drafts.computeIfAbsent(call.path("index").asInt(i), unseen -> new Draft());
            var function = call.path("function");
            draft.id = told(call.path("id"), draft.id);
            draft.name = told(function.path("name"), draft.name);
            var arguments = function.path("arguments");
            draft.arguments.append(arguments.isTextual() ? arguments.textValue() : text(arguments));
        }
    }

    /** Later pieces may say nothing, which unsays nothing. */
    private static String told(JsonNode value, String before) {
        var text = value.asText("");
        return text.isEmpty() || value.isNull() ? before : text;
    }

    /** All calls of the whole answer. @param id makes ids for calls that have none */
    List<Part.ToolCall> all(CharSequence document, String id) {
        var calls = new ArrayList<Part.ToolCall>();
        if (!tools.isEmpty()) {
            BLOCK.matcher(document).results().forEach(block -> add(block(block.group(1)), id, calls));
            drafts.values().forEach(draft -> add(draft, id, calls));
        }
        return List.copyOf(calls);
    }

    private void add(Draft draft, String id, List<Part.ToolCall> calls) {
        if (tools.contains(draft.name)) {
            var callId = draft.id.isEmpty() ? "call_" + id + '_' + calls.size() : draft.id;
            calls.add(new Part.ToolCall(callId, draft.name, ToolKind.FUNCTION, draft.arguments.toString(), null));
        }
    }

    private static Draft block(String json) {
        var draft = new Draft();
        try {
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            var metadata = Json.tree(bytes, 0, bytes.length).path("data").path("metadata");
            draft.id = metadata.path("id").asText("");
            draft.name = metadata.path("name").asText("");
            draft.arguments.append(metadata.path("arguments").asText(""));
        } catch (IOException unreadable) {
            draft.name = "";
        }
        return draft;
    }

    private static String text(JsonNode arguments) {
        return arguments.isObject() ? new String(Json.bytes(arguments), StandardCharsets.UTF_8) : "";
    }
}
