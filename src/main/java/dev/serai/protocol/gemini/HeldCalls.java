package dev.serai.protocol.gemini;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.message.ChatEvent.Signature;
import dev.serai.message.ChatEvent.ToolCallArgsDelta;
import dev.serai.message.ChatEvent.ToolCallStart;
import dev.serai.message.ProviderSignature;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The calls of one streamed answer that are not whole yet. */
final class HeldCalls {

    private final TreeMap<Integer, Call> calls = new TreeMap<>();

    void start(ToolCallStart start) {
        calls.put(start.index(), new Call(start.id(), start.name()));
    }

    void append(ToolCallArgsDelta delta) {
        Call call = calls.get(delta.index());
        if (call != null) {
            call.arguments.append(delta.fragment());
        }
    }

    /** @return whether the seal belongs to a call that is held */
    boolean seal(Signature event) {
        Call call = calls.get(event.index());
        if (call != null) {
            call.seal = event.signature();
        }
        return call != null;
    }

    /** The part of a whole call; null when there is none such. @param waiting the seal it takes if it has none */
    @Nullable
    ObjectNode end(int index, HeldSeal waiting) {
        Call call = calls.remove(index);
        if (call == null) {
            return null;
        }
        ProviderSignature own = call.seal;
        ObjectNode part = AnswerParts.call(call.id, call.name, call.arguments.toString());
        return AnswerParts.sealed(part, own != null ? own : waiting.take());
    }

    /** The calls that nobody ended, in their order. */
    List<Integer> open() {
        return List.copyOf(calls.keySet());
    }

    private static final class Call {

        private final String id;
        private final String name;
        private final StringBuilder arguments = new StringBuilder();
        private @Nullable ProviderSignature seal;

        Call(String id, String name) {
            this.id = id;
            this.name = name;
        }
    }
}
