package dev.serai.protocol.openairesponses;

import dev.serai.json.Fields;
import dev.serai.message.Part;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The outputs among the input items, by their calls; of several for one call the last one counts. */
final class CallOutputs {

    static final CallOutputs NONE = new CallOutputs();

    private final Map<String, List<Part>> outputs = new HashMap<>();
    private final Set<String> calls = new HashSet<>();
    private final Set<String> hosted = new HashSet<>();

    private CallOutputs() {}

    static CallOutputs of(Fields fields) {
        var outputs = new CallOutputs();
        fields.each("input", outputs::note);
        return outputs;
    }

    private void note(Fields item) {
        String callId = item.node().path("call_id").asText("");
        if (callId.isEmpty()) {
            return;
        }
        switch (item.node().path("type").asText("")) {
            case "function_call", "custom_tool_call" -> calls.add(callId);
            case "function_call_output", "custom_tool_call_output" ->
                outputs.put(callId, PartsDecoder.content(item, "output", PartsDecoder.Who.TOOL));
            default -> hosted.add(callId);
        }
    }

    boolean isOfCall(String callId) {
        return calls.contains(callId);
    }

    /** Whether the output answers a call that the provider's own tool made. */
    boolean isOfHostedCall(String callId) {
        return !calls.contains(callId) && hosted.contains(callId);
    }

    /** The result of a call, once; null when there is none. */
    Part.@Nullable ToolResult take(String callId, String name) {
        List<Part> content = outputs.remove(callId);
        return content == null ? null : new Part.ToolResult(callId, name, content, false, null);
    }
}
