package dev.serai.message;

import dev.serai.message.ChatEvent.Cited;
import dev.serai.message.ChatEvent.Failed;
import dev.serai.message.ChatEvent.Finished;
import dev.serai.message.ChatEvent.Logprobs;
import dev.serai.message.ChatEvent.PartComplete;
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
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts the events of one streamed answer together to the whole answer. Not thread-safe. */
public final class ResponseAssembly {

    private final TreeMap<Integer, PartDraft> drafts = new TreeMap<>();
    private final List<Logprob> logprobs = new ArrayList<>();
    private Start start = new Start("", "", 0);
    private @Nullable Usage usage;
    private @Nullable Finish finish;
    private @Nullable Failure failure;

    public void accept(ChatEvent event) {
        switch (event) {
            case Start it -> start = it;
            case TextDelta(int index, var text) -> draft(index, PartDraft.Shape.TEXT).append(text);
            case RefusalDelta(int index, var text) -> draft(index, PartDraft.Shape.REFUSAL).append(text);
            case ReasoningDelta(int index, var text, var form) ->
                draft(index, PartDraft.Shape.REASONING).append(text).form(form);
            case Signature(int index, var signature) ->
                draft(index, PartDraft.Shape.ofSignature(signature)).signature(signature);
            case ToolCallStart it -> draft(it.index(), PartDraft.Shape.CALL).call(it);
            case ToolCallArgsDelta(int index, var fragment) -> draft(index, PartDraft.Shape.CALL).append(fragment);
            case ToolCallEnd(int index) -> draft(index, PartDraft.Shape.CALL).defaultText("{}");
            case PartComplete(int index, var part) -> drafts.put(index, PartDraft.of(part));
            case Cited(int index, var citation) -> draft(index, PartDraft.Shape.TEXT).cite(citation);
            case Logprobs(var _, var entries) -> logprobs.addAll(entries);
            case UsageReport(var report) -> usage = report;
            case Finished(var reason) -> finish = reason;
            case Failed(var reason) -> failure = reason;
            case Ping() -> {}
        }
    }

    /** Whether the answer has come to its end, good or bad. */
    public boolean isOver() {
        return finish != null || failure != null;
    }

    /** @throws Refusal when the answer failed or ended without a finish */
    public ChatResponse response() {
        if (failure != null) {
            throw new Refusal(failure);
        }
        if (finish == null) {
            throw new Refusal(Failure.of(
                    Kind.UPSTREAM_ERROR, FailureClass.STREAM_BROKEN, "The upstream's answer ended too early."));
        }
        List<Part> parts = drafts.values().stream().map(PartDraft::part).toList();
        return new ChatResponse(
                start.id(), start.model(), start.created(), parts, finish, usage, null, logprobs, Extensions.NONE);
    }

    private PartDraft draft(int index, PartDraft.Shape shape) {
        return drafts.computeIfAbsent(index, _ -> new PartDraft(shape));
    }
}
