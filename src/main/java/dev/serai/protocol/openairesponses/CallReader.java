package dev.serai.protocol.openairesponses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.message.ChatEvent;
import dev.serai.message.ChatEvent.ToolCallArgsDelta;
import dev.serai.message.ChatEvent.ToolCallEnd;
import dev.serai.message.ChatEvent.ToolCallStart;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The calls of one streamed answer, by their places in the output. */
final class CallReader {

    private final PartNumbers parts;
    private final Map<Integer, Call> calls = new LinkedHashMap<>();

    CallReader(PartNumbers parts) {
        this.parts = parts;
    }

    private static final class Call {
        private final int index;
        private boolean told;
        private boolean ended;

        Call(int index) {
            this.index = index;
        }
    }

    boolean any() {
        return !calls.isEmpty();
    }

    /** An item has been added; items of other types are passed over. */
    void begin(int place, JsonNode item, Consumer<ChatEvent> out) {
        String type = item.path("type").asText("");
        if ((type.equals("function_call") || type.equals("custom_tool_call")) && !calls.containsKey(place)) {
            var call = new Call(parts.next());
            calls.put(place, call);
            out.accept(new ToolCallStart(
                    call.index, OutputDecoder.callId(item), OutputDecoder.callName(item), CallItems.kind(item)));
        }
    }

    void arguments(int place, String fragment, Consumer<ChatEvent> out) {
        Call call = open(place);
        if (call != null && !fragment.isEmpty()) {
            call.told = true;
            out.accept(new ToolCallArgsDelta(call.index, fragment));
        }
    }

    /** The whole arguments, of which fragments may have come. */
    void whole(int place, String arguments, Consumer<ChatEvent> out) {
        Call call = open(place);
        if (call != null && !call.told) {
            arguments(place, arguments, out);
        }
    }

    void done(int place, JsonNode item, Consumer<ChatEvent> out) {
        begin(place, item, out);
        whole(place, CallItems.arguments(item, CallItems.kind(item)), out);
        end(open(place), out);
    }

    /** Ends what has not ended. */
    void end(Consumer<ChatEvent> out) {
        calls.values().forEach(call -> end(call, out));
    }

    private @Nullable Call open(int place) {
        Call call = calls.get(place);
        return call == null || call.ended ? null : call;
    }

    private static void end(@Nullable Call call, Consumer<ChatEvent> out) {
        if (call != null && !call.ended) {
            call.ended = true;
            out.accept(new ToolCallEnd(call.index));
        }
    }
}
