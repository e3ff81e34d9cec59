package dev.serai.protocol.anthropicmessages;

import dev.serai.message.ChatEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Puts the parts of a stream one behind the other, for blocks may not overlap here: while a call is open, what belongs to
 * another part is held and follows when the call ends.
 */
final class BlockOrder {

    private final Consumer<ChatEvent> next;
    private final TreeMap<Integer, List<ChatEvent>> held = new TreeMap<>();
    private int openCall = -1;

    BlockOrder(Consumer<ChatEvent> next) {
        this.next = next;
    }

    void accept(int part, ChatEvent event) {
        if (openCall >= 0 && part != openCall) {
            held.computeIfAbsent(part, unused -> new ArrayList<>()).add(event);
            return;
        }
        pass(part, event);
        release();
    }

    /** The answer is over: what is still held goes out. */
    void end() {
        openCall = -1;
        while (!held.isEmpty()) {
            held.pollFirstEntry().getValue().forEach(next);
        }
    }

    private void release() {
        while (openCall < 0 && !held.isEmpty()) {
            var first = held.pollFirstEntry();
            first.getValue().forEach(event -> pass(first.getKey(), event));
        }
    }

    private void pass(int part, ChatEvent event) {
        if (event instanceof ChatEvent.ToolCallStart) {
            openCall = part;
        } else if (event instanceof ChatEvent.ToolCallEnd) {
            openCall = -1;
        }
        next.accept(event);
    }
}
