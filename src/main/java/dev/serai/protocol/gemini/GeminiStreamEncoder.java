package dev.serai.protocol.gemini;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.message.ChatEvent;
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
import dev.serai.message.Citation;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Finish;
import dev.serai.message.Logprob;
import dev.serai.message.Usage;
import dev.serai.protocol.Reply;
import dev.serai.protocol.StreamEncoder;
import dev.serai.stream.ByteSink;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Canonical events as response objects: a text each as it comes, a call when it is whole, the finish with the usage in the
 * last one. The finish waits for the end of the source, for usage may come behind it.
 */
final class GeminiStreamEncoder implements StreamEncoder {

    private final boolean hidesThoughts;
    private final boolean array;
    private final ChunkWriter chunks;
    private final HeldCalls calls = new HeldCalls();
    private final HeldSeal seal = new HeldSeal();
    private final List<Citation> citations = new ArrayList<>();
    private final List<Logprob> logprobs = new ArrayList<>();
    private @Nullable Usage usage;
    private @Nullable Finish finish;
    private boolean over;

    GeminiStreamEncoder(Reply reply) {
        this.hidesThoughts = GeminiTraits.hidesThoughts(reply.traits());
        this.array = GeminiTraits.array(reply.traits());
        this.chunks = new ChunkWriter(reply);
    }

    @Override
    public void encode(ChatEvent event, ByteSink out) {
        if (over) {
            return;
        }
        switch (event) {
            case Start it -> chunks.start(it.id());
            case TextDelta it -> text(it.text(), out);
            case RefusalDelta it -> text(it.text(), out);
            case ReasoningDelta it -> reasoning(it, out);
            case Signature it -> seal(it, out);
            case ToolCallStart it -> calls.start(it);
            case ToolCallArgsDelta it -> calls.append(it);
            case ToolCallEnd it -> part(calls.end(it.index(), seal), out);
            case PartComplete it -> part(AnswerParts.whole(it.part()), out);
            case Cited it -> citations.add(it.citation());
            case Logprobs it -> logprobs.addAll(it.entries());
            case UsageReport it -> usage = it.usage();
            case Ping it -> out.ascii(array ? "\n" : GeminiProtocol.BLANK_EVENT);
            case Finished it -> finish(it.finish(), out);
            case Failed it -> fail(it.failure(), out);
        }
    }

    @Override
    public void end(ByteSink out) {
        Finish last = finish;
        if (over || last == null) {
            return;
        }
        over = true;
        chunks.last(AnswerParts.text("", seal.take()), last, usage, citations, logprobs, out);
    }

    private void finish(Finish told, ByteSink out) {
        if (told.reason() == Finish.Reason.ERROR) {
            fail(UpstreamErrors.broken(FailureClass.STREAM_BROKEN), out);
            return;
        }
        for (int index : calls.open()) {
            part(calls.end(index, seal), out);
        }
        finish = told;
    }

    private void fail(Failure failure, ByteSink out) {
        over = true;
        chunks.fail(failure, out);
    }

    private void text(String text, ByteSink out) {
        if (text.isEmpty() || finish != null) {
            return;
        }
        if (seal.isEmpty()) {
            chunks.text(text, false, out);
        } else {
            part(AnswerParts.text(text, seal.take()), out);
        }
    }

    private void reasoning(ReasoningDelta delta, ByteSink out) {
        seal.reasoning(delta.index());
        if (!delta.text().isEmpty() && !hidesThoughts && finish == null) {
            chunks.text(delta.text(), true, out);
        }
    }

    private void seal(Signature event, ByteSink out) {
        if (calls.seal(event) || hidesThoughts && Seals.needsText(event.signature())) {
            return;
        }
        boolean thought = seal.isReasoning(event.index());
        if (Seals.isOwn(event.signature())) {
            if (!thought) {
                part(AnswerParts.text("", event.signature()), out);
            } else if (!hidesThoughts) {
                part(AnswerParts.thought("", event.signature()), out);
            }
            return;
        }
        if (!seal.isEmpty()) {
            part(AnswerParts.thought("", seal.take()), out);
        }
        seal.hold(event.signature());
    }

    private void part(@Nullable ObjectNode part, ByteSink out) {
        if (part != null && finish == null) {
            chunks.part(part, out);
        }
    }
}
