package dev.serai.wires;

import dev.serai.json.Json;
import dev.serai.message.ChatEvent;
import dev.serai.message.ChatEvent.Finished;
import dev.serai.message.ChatEvent.Ping;
import dev.serai.message.ChatEvent.ReasoningDelta;
import dev.serai.message.ChatEvent.RefusalDelta;
import dev.serai.message.ChatEvent.Signature;
import dev.serai.message.ChatEvent.Start;
import dev.serai.message.ChatEvent.TextDelta;
import dev.serai.message.ChatEvent.ToolCallArgsDelta;
import dev.serai.message.ChatEvent.ToolCallEnd;
import dev.serai.message.ChatEvent.ToolCallStart;
import dev.serai.message.ChatEvent.UsageReport;
import dev.serai.message.Finish;
import dev.serai.message.Finish.Reason;
import dev.serai.message.ProviderSignature;
import dev.serai.message.ReasoningForm;
import dev.serai.message.SignatureKind;
import dev.serai.message.ToolKind;
import dev.serai.message.Usage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Streams as an upstream may really send them, in canonical events: cut anywhere, calls side by side, signs of life between. */
public final class RandomAnswer {

    private final Chance chance;
    private final List<ChatEvent> events = new ArrayList<>();
    private int index = -1;

    private RandomAnswer(long seed) {
        this.chance = new Chance(seed);
    }

    public static List<ChatEvent> of(long seed) {
        return new RandomAnswer(seed).events();
    }

    private List<ChatEvent> events() {
        add(new Start(chance.word(20), "upstream-model", 1_764_000_000L));
        if (chance.in(3)) {
            reasoning();
        }
        boolean refused = chance.in(12);
        boolean calls = !refused && chance.in(2);
        if (refused) {
            index++;
            chance.pieces(chance.text()).forEach(piece -> add(new RefusalDelta(index, piece)));
        } else if (!calls || chance.in(2)) {
            index++;
            chance.pieces(chance.text()).forEach(piece -> add(new TextDelta(index, piece)));
        }
        if (calls) {
            calls(chance.between(1, 3));
        }
        UsageReport usage = new UsageReport(usage());
        boolean late = chance.in(2);
        if (!late) {
            add(usage);
        }
        add(new Finished(Finish.of(reason(calls, refused))));
        if (late) {
            events.add(usage);
        }
        return events;
    }

    private void add(ChatEvent event) {
        events.add(event);
        if (chance.in(12) && !(event instanceof Finished)) {
            events.add(new Ping());
        }
    }

    private void reasoning() {
        index++;
        chance.pieces(chance.text()).forEach(piece -> add(new ReasoningDelta(index, piece, ReasoningForm.FULL)));
        if (chance.in(2)) {
            add(new Signature(
                    index,
                    ProviderSignature.of(
                            chance.any("anthropic", "elsewhere"), SignatureKind.SIGNATURE, chance.base64())));
        }
    }

    /** Fragments of calls that run side by side, as compatible servers may mix them. */
    private void calls(int count) {
        var fragments = new ArrayList<ArrayDeque<ChatEvent>>();
        for (int i = 0; i < count; i++) {
            int at = ++index;
            var call = new ArrayDeque<ChatEvent>();
            call.add(new ToolCallStart(at, "call_" + at + chance.word(12), chance.word(20), ToolKind.FUNCTION));
            if (!chance.in(5)) {
                String arguments = new String(Json.bytes(chance.object(2)), StandardCharsets.UTF_8);
                chance.pieces(arguments).forEach(piece -> call.add(new ToolCallArgsDelta(at, piece)));
            }
            fragments.add(call);
        }
        boolean mixed = chance.in(3);
        if (mixed) {
            fragments.forEach(call -> add(call.remove()));
        }
        while (fragments.stream().anyMatch(call -> !call.isEmpty())) {
            var open = fragments.stream().filter(call -> !call.isEmpty()).toList();
            var call = mixed ? chance.any(open) : open.getFirst();
            add(call.remove());
            if (!mixed && call.isEmpty()) {
                add(new ToolCallEnd(index - count + 1 + fragments.indexOf(call)));
            }
        }
        for (int at = index - count + 1; mixed && at <= index; at++) {
            add(new ToolCallEnd(at));
        }
    }

    private Usage usage() {
        long cached = chance.below(100);
        long written = chance.in(3) ? chance.below(100) : 0;
        long reasoning = chance.below(50);
        return new Usage(
                cached + written + chance.below(1000),
                cached,
                written,
                reasoning + chance.below(1000),
                reasoning,
                false);
    }

    private Reason reason(boolean calls, boolean refused) {
        if (refused) {
            return Reason.REFUSAL;
        }
        if (calls) {
            return chance.in(6) ? Reason.LENGTH : Reason.TOOL_CALLS;
        }
        return chance.in(2)
                ? Reason.STOP
                : chance.any(
                        Reason.STOP_SEQUENCE,
                        Reason.LENGTH,
                        Reason.CONTENT_FILTER,
                        Reason.CONTEXT_WINDOW,
                        Reason.PAUSE,
                        Reason.OTHER);
    }
}
