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
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The calls of one streamed answer, told in fragments that may interleave, repeat names, or lack index and id. */
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

    boolean any() {
        return !calls.isEmpty();
    }

    void fragment(JsonNode node, Consumer<ChatEvent> out) {
        boolean custom = node.path("custom").isObject();
        JsonNode body = node.path(custom ? "custom" : "function");
        Call call = find(node, body);
        call.custom |= custom || node.path("type").asText().equals("custom");
        tell(call, body, node.path("id").asText(""), out);
        ProviderSignature seal = AssistantDecoder.thoughtSignature(node);
        if (seal != null) {
            out.accept(new Signature(call.part, seal));
        }
    }

    /** The deprecated {@code function_call}: one call without an id. */
    void legacy(JsonNode body, Consumer<ChatEvent> out) {
        tell(calls.isEmpty() ? add(0) : calls.getLast(), body, "", out);
    }

    void end(Consumer<ChatEvent> out) {
        for (Call call : calls) {
            begin(call, out);
            out.accept(new ToolCallEnd(call.part));
        }
    }

    /** The part of the call with this id, or -1. */
    int partOf(String id) {
        for (Call call : calls) {
            if (!id.isEmpty() && call.id.equals(id)) {
                return call.part;
            }
        }
        return -1;
    }

    private void tell(Call call, JsonNode body, String id, Consumer<ChatEvent> out) {
        if (call.id.isEmpty() && !id.isEmpty() && !id.equals("null")) {
            call.id = id;
        }
        String name = body.path("name").isTextual() ? body.path("name").textValue() : "";
        if (!call.begun && !name.isEmpty()) {
            call.name = name;
            begin(call, out);
        }
        String text = AssistantDecoder.arguments(new Fields(body, ""), call.custom ? "input" : "arguments");
        if (text.isEmpty()) {
            return;
        }
        if (call.begun) {
            out.accept(new ToolCallArgsDelta(call.part, text));
        } else {
            call.early.append(text);
        }
    }

    private void begin(Call call, Consumer<ChatEvent> out) {
        if (call.begun) {
            return;
        }
        call.begun = true;
        if (call.id.isEmpty()) {
            call.id = "call_" + responseId + "_" + call.number;
        }
        out.accept(new ToolCallStart(call.part, call.id, call.name, call.custom ? ToolKind.CUSTOM : ToolKind.FUNCTION));
        if (!call.early.isEmpty()) {
            out.accept(new ToolCallArgsDelta(call.part, call.early.toString()));
        }
    }

    /** By index; a new id with a name under a known index, or a new id without index, is a new call. */
    private Call find(JsonNode node, JsonNode body) {
        String id = node.path("id").asText("");
        boolean known = id.isEmpty() || id.equals("null") || partOf(id) >= 0;
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
        for (Call call : calls) {
            if (!id.isEmpty() && call.id.equals(id)) {
                return call;
            }
        }
        return last;
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
        var call = new Call(number, parts.next());
        calls.add(call);
        return call;
    }

    private static final class Call {
        private final int number;
        private final int part;
        private final StringBuilder early = new StringBuilder();
        private String id = "";
        private String name = "";
        private boolean custom;
        private boolean begun;

        Call(int number, int part) {
            this.number = number;
            this.part = part;
        }
    }
}
