package dev.serai.wires;

import dev.serai.message.ChatEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Collects the events of one answer and holds them to their order ({@link ChatEvent}). */
public final class EventOrder implements Consumer<ChatEvent> {

    private final List<ChatEvent> events = new ArrayList<>();
    private final List<Integer> ended = new ArrayList<>();
    private int highest = -1;
    private boolean started;
    private boolean finished;
    private boolean failed;

    @Override
    public void accept(ChatEvent event) {
        check(!failed, "after a failure nothing comes", event);
        check(!finished || event instanceof ChatEvent.UsageReport, "after the finish only usage comes", event);
        switch (event) {
            case ChatEvent.Start it -> {
                check(!started, "an answer starts once", event);
                started = true;
            }
            case ChatEvent.TextDelta it -> part(it.index(), event);
            case ChatEvent.RefusalDelta it -> part(it.index(), event);
            case ChatEvent.ReasoningDelta it -> part(it.index(), event);
            case ChatEvent.Signature it -> part(it.index(), event);
            case ChatEvent.ToolCallStart it -> {
                check(it.index() > highest, "a call begins a new part", event);
                part(it.index(), event);
            }
            case ChatEvent.ToolCallArgsDelta it -> open(it.index(), event);
            case ChatEvent.ToolCallEnd it -> {
                open(it.index(), event);
                ended.add(it.index());
            }
            case ChatEvent.PartComplete it -> part(it.index(), event);
            case ChatEvent.Cited it -> check(it.index() >= 0, "an index is a place", event);
            case ChatEvent.Logprobs it -> check(it.index() >= 0, "an index is a place", event);
            case ChatEvent.UsageReport it -> {}
            case ChatEvent.Finished it -> finished = true;
            case ChatEvent.Failed it -> failed = true;
            case ChatEvent.Ping it -> {}
        }
        events.add(event);
    }

    private void part(int index, ChatEvent event) {
        check(started, "the start comes first", event);
        check(index >= 0 && index <= highest + 1, "indexes rise by one", event);
        highest = Math.max(highest, index);
    }

    private void open(int index, ChatEvent event) {
        check(started, "the start comes first", event);
        check(index <= highest && !ended.contains(index), "only an open call goes on", event);
    }

    private void check(boolean holds, String law, ChatEvent event) {
        if (!holds) {
            throw new AssertionError(law + ": " + event + " after " + events);
        }
    }

    public List<ChatEvent> events() {
        return List.copyOf(events);
    }

    public boolean isFinished() {
        return finished;
    }

    public boolean isFailed() {
        return failed;
    }
}
