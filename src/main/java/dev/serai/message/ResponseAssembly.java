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
            case TextDelta it -> draft(it.index(), PartDraft.Shape.TEXT).append(it.text());
            case RefusalDelta it -> draft(it.index(), PartDraft.Shape.REFUSAL).append(it.text());
            case ReasoningDelta it ->
                draft(it.index(), PartDraft.Shape.REASONING).append(it.text()).form(it.form());
            case Signature it ->
                draft(it.index(), PartDraft.Shape.ofSignature(it.signature())).signature(it.signature());
            case ToolCallStart it -> draft(it.index(), PartDraft.Shape.CALL).call(it);
            case ToolCallArgsDelta it -> draft(it.index(), PartDraft.Shape.CALL).append(it.fragment());
            case ToolCallEnd it -> draft(it.index(), PartDraft.Shape.CALL).defaultText("{}");
            case PartComplete it -> drafts.put(it.index(), PartDraft.of(it.part()));
            case Cited it -> draft(it.index(), PartDraft.Shape.TEXT).cite(it.citation());
            case Logprobs it -> logprobs.addAll(it.entries());
            case UsageReport it -> usage = it.usage();
            case Finished it -> finish = it.finish();
            case Failed it -> failure = it.failure();
            case Ping it -> {}
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
        return drafts.computeIfAbsent(index, unused -> new PartDraft(shape));
    }
}
