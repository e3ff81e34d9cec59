package dev.serai.protocol.openaichat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.ChatEvent.ToolCallStart;
import dev.serai.message.ToolKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The calls of one streamed answer: chat counts calls from 0, canonical events count all parts. */
final class CallNumbers {

    private final Map<Integer, Call> calls = new HashMap<>();
    private final Map<Integer, Integer> seals = new HashMap<>();
    private final Set<Integer> silent = new HashSet<>();

    private record Call(int number, String id, boolean custom) {}

    /** The delta that begins a call. */
    ObjectNode start(ToolCallStart event) {
        boolean custom = event.kind() == ToolKind.CUSTOM;
        var call = new Call(calls.size(), event.id(), custom);
        calls.put(event.index(), call);
        silent.add(event.index());
        ObjectNode delta = Json.object();
        ObjectNode node = delta.putArray("tool_calls").addObject();
        node.put("index", call.number).put("id", event.id()).put("type", custom ? "custom" : "function");
        node.putObject(custom ? "custom" : "function")
                .put("name", event.name())
                .put(custom ? "input" : "arguments", "");
        return delta;
    }

    /** The delta that goes on with a call; null for nothing to say. */
    @Nullable
    ObjectNode fragment(int index, String text) {
        Call call = calls.get(index);
        if (call == null || text.isEmpty()) {
            return null;
        }
        silent.remove(index);
        ObjectNode delta = Json.object();
        ObjectNode node = delta.putArray("tool_calls").addObject().put("index", call.number);
        node.putObject(call.custom ? "custom" : "function").put(call.custom ? "input" : "arguments", text);
        return delta;
    }

    /** Arguments that never came are an empty object. */
    @Nullable
    ObjectNode end(int index) {
        Call call = calls.get(index);
        return call == null || call.custom || !silent.contains(index) ? null : fragment(index, "{}");
    }

    /** The id of the call at this part, or null when it is no call. */
    @Nullable
    String idOf(int index) {
        Call call = calls.get(index);
        return call == null ? null : call.id;
    }

    /** The place of the part's seal among the reasoning details. */
    int sealIndex(int index) {
        return seals.computeIfAbsent(index, unused -> seals.size());
    }
}
