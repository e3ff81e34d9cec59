package dev.serai.protocol.openairesponses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.ChatEvent;
import dev.serai.message.Part;
import dev.serai.message.ToolKind;
import dev.serai.stream.ByteSink;
import org.jspecify.annotations.Nullable;

/** A call that is open. */
final class OpenCall extends OpenItem {

    private final ChatEvent.ToolCallStart call;
    private final Namespaces.@Nullable Place namespace;
    private final StringBuilder arguments = new StringBuilder();

    OpenCall(
            EventWriter events,
            String id,
            int place,
            ChatEvent.ToolCallStart call,
            Namespaces.@Nullable Place namespace) {
        super(events, id, place);
        this.call = call;
        this.namespace = namespace;
    }

    void begin(ByteSink out) {
        added(item(OutputItems.IN_PROGRESS), out);
    }

    void arguments(String fragment, ByteSink out) {
        if (!fragment.isEmpty()) {
            arguments.append(fragment);
            event(prefix() + ".delta", Json.object().put("delta", fragment), out);
        }
    }

    @Override
    boolean holds(int index) {
        return call.index() == index;
    }

    @Override
    ObjectNode item(String status) {
        var part = new Part.ToolCall(call.id(), call.name(), call.kind(), arguments.toString(), null);
        return OutputItems.call(id(), part, namespace, status);
    }

    /** Arguments that the model left out are an empty object, unless it was cut off. */
    @Override
    void closing(String status, ByteSink out) {
        boolean custom = call.kind() == ToolKind.CUSTOM;
        if (!custom && arguments.isEmpty() && status.equals(OutputItems.COMPLETED)) {
            arguments("{}", out);
        }
        ObjectNode members = Json.object();
        if (!custom) {
            members.put("name", namespace == null ? call.name() : namespace.name());
        }
        event(prefix() + ".done", members.put(custom ? "input" : "arguments", arguments.toString()), out);
    }

    private String prefix() {
        return call.kind() == ToolKind.CUSTOM ? "response.custom_tool_call_input" : "response.function_call_arguments";
    }
}
