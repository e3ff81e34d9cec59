package dev.serai.protocol.openairesponses;

import dev.serai.message.ChatEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The events of parts, so that no item begins inside of a call: what comes for other parts while a call is open waits for
 * its end, part by part. Used where fragments of parallel calls may interleave.
 */
final class CallOrder {

    private static final int NONE = -1;

    private final TreeMap<Integer, List<ChatEvent>> waiting = new TreeMap<>();
    private int open = NONE;

    /** @param part the part that the event is of */
    void accept(int part, ChatEvent event, Consumer<ChatEvent> next) {
        if (open != NONE && part != open) {
            waiting.computeIfAbsent(part, unused -> new ArrayList<>()).add(event);
            return;
        }
        pass(part, event, next);
        drain(next);
    }

    /** No part gets any more: calls that nobody has ended end here. */
    void end(Consumer<ChatEvent> next) {
        while (open != NONE) {
            pass(open, new ChatEvent.ToolCallEnd(open), next);
            drain(next);
        }
    }

    private void pass(int part, ChatEvent event, Consumer<ChatEvent> next) {
        if (event instanceof ChatEvent.ToolCallStart) {
            open = part;
        } else if (event instanceof ChatEvent.ToolCallEnd) {
            open = NONE;
        }
        next.accept(event);
    }

    private void drain(Consumer<ChatEvent> next) {
        while (open == NONE && !waiting.isEmpty()) {
            var first = waiting.pollFirstEntry();
            for (ChatEvent event : first.getValue()) {
                pass(first.getKey(), event, next);
            }
        }
    }
}
