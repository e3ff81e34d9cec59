package dev.serai.protocol.openaichat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Fields;
import dev.serai.message.ChatEvent;
import dev.serai.message.ChatEvent.Signature;
import dev.serai.message.ChatEvent.ToolCallArgsDelta;
import dev.serai.message.ChatEvent.ToolCallEnd;
import dev.serai.message.ChatEvent.ToolCallStart;
import dev.serai.message.ProviderSignature;
import dev.serai.message.ToolKind;
import dev.serai.protocol.PartCounter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one streamed answer, told in fragments that may interleave, repeat names, or lack index, id or name. A call
 * begins when its id and name are known; one whose id or name never comes gets it at the end.
 */
final class CallDrafts {

    private final PartCounter parts;
    private final List<Call> calls = new ArrayList<>();
    private String responseId = "";

    CallDrafts(PartCounter parts) {
        this.parts = parts;
    }

    void responseId(String id) {
        responseId = id;
    }

    /** Whether a call has begun. */
    boolean any() {
        return calls.stream().anyMatch(Call::begun);
    }

    void fragment(JsonNode node, Consumer<ChatEvent> out) {
        boolean custom = node.path("custom").isObject();
        JsonNode body = node.path(custom ? "custom" : "function");
        Call call = find(node, body);
        call.custom |= custom || node.path("type").asText().equals("custom");
        tell(call, body, node.path("id").asText(""), out);
        ProviderSignature seal = AssistantDecoder.thoughtSignature(node);
        if (seal != null) {
            call.seal(seal, out);
        }
    }

    /** The deprecated {@code function_call}: one call without an id. */
    void legacy(JsonNode body, Consumer<ChatEvent> out) {
        tell(calls.isEmpty() ? add(0) : calls.getLast(), body, "", out);
    }

    void end(Consumer<ChatEvent> out) {
        calls.stream()
                .filter(call -> !call.begun() && !call.isNothing())
                .sorted(Comparator.comparingInt(call -> call.number))
                .forEach(call -> begin(call, out));
        for (Call call : calls) {
            if (call.begun()) {
                out.accept(new ToolCallEnd(call.part));
            }
        }
    }

    /** Sets the seal of the call with this id. @return false when there is none */
    boolean seal(String id, ProviderSignature seal, Consumer<ChatEvent> out) {
        Call call = withId(id);
        if (call != null) {
            call.seal(seal, out);
        }
        return call != null;
    }

    private @Nullable Call withId(String id) {
        for (Call call : calls) {
            if (!id.isEmpty() && call.id.equals(id)) {
                return call;
            }
        }
        return null;
    }

    private void tell(Call call, JsonNode body, String id, Consumer<ChatEvent> out) {
        if (call.id.isEmpty() && !id.equals("null")) {
            call.id = id;
        }
        if (call.name.isEmpty() && body.path("name").isTextual()) {
            call.name = body.path("name").textValue();
        }
        if (!call.begun() && !call.id.isEmpty() && !call.name.isEmpty()) {
            begin(call, out);
        }
        String text = AssistantDecoder.arguments(new Fields(body, ""), call.custom ? "input" : "arguments");
        if (text.isEmpty()) {
            return;
        }
        if (call.begun()) {
            out.accept(new ToolCallArgsDelta(call.part, text));
        } else {
            call.early.append(text);
        }
    }

    private void begin(Call call, Consumer<ChatEvent> out) {
        call.part = parts.next();
        if (call.id.isEmpty()) {
            call.id = "call_" + responseId + "_" + call.number;
        }
        if (call.name.isEmpty()) {
            call.name = "tool_" + call.number;
        }
        out.accept(new ToolCallStart(call.part, call.id, call.name, call.custom ? ToolKind.CUSTOM : ToolKind.FUNCTION));
        if (!call.early.isEmpty()) {
            out.accept(new ToolCallArgsDelta(call.part, call.early.toString()));
        }
        if (call.heldSeal != null) {
            out.accept(new Signature(call.part, call.heldSeal));
        }
    }

    /** By index; a new id with a name under a known index, or a new id without index, is a new call. */
    private Call find(JsonNode node, JsonNode body) {
        String id = node.path("id").asText("");
        boolean known = id.isEmpty() || id.equals("null") || withId(id) != null;
        Call last = calls.isEmpty() ? null : calls.getLast();
        if (!node.path("index").isInt()) {
            return last == null || !known ? add(calls.size()) : known(id, last);
        }
        int number = node.path("index").intValue();
        Call call = byNumber(number);
        boolean another = call != null
                && !known
                && !call.id.isEmpty()
                && body.path("name").isTextual()
                && !body.path("name").textValue().isEmpty();
        return call == null || another ? add(number) : call;
    }

    private Call known(String id, Call last) {
        Call call = withId(id);
        return call == null ? last : call;
    }

    private @Nullable Call byNumber(int number) {
        for (Call call : calls.reversed()) {
            if (call.number == number) {
                return call;
            }
        }
        return null;
    }

    private Call add(int number) {
        var call = new Call(number);
        calls.add(call);
        return call;
    }

    private static final class Call {
        private final int number;
        private final StringBuilder early = new StringBuilder();
        private int part = -1;
        private String id = "";
        private String name = "";
        private boolean custom;
        private @Nullable ProviderSignature heldSeal;

        Call(int number) {
            this.number = number;
        }

        boolean begun() {
            return part >= 0;
        }

        boolean isNothing() {
            return id.isEmpty() && name.isEmpty() && early.isEmpty();
        }

        void seal(ProviderSignature seal, Consumer<ChatEvent> out) {
            if (begun()) {
                out.accept(new Signature(part, seal));
            } else {
                heldSeal = seal;
            }
        }
    }
}
