package dev.serai.protocol.openaichat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
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
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Finish;
import dev.serai.message.Part;
import dev.serai.message.Usage;
import dev.serai.protocol.Reply;
import dev.serai.protocol.StreamEncoder;
import dev.serai.protocol.UpstreamErrors;
import dev.serai.stream.ByteSink;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Canonical events as chat chunks; the only encoder that knows the {@code [DONE]} sentinel. */
final class OpenAiChatStreamEncoder implements StreamEncoder {

    private final ChunkWriter chunks;
    private final CallNumbers calls = new CallNumbers();
    private @Nullable Usage usage;
    private State state = State.FRESH;

    private enum State {
        FRESH,
        OPEN,
        FINISHED,
        OVER
    }

    /** @param created seconds since 1970, for an answer that does not say */
    OpenAiChatStreamEncoder(Reply reply, long created) {
        this.chunks = new ChunkWriter(reply, created);
    }

    @Override
    public void encode(ChatEvent event, ByteSink out) {
        if (state == State.OVER) {
            return;
        }
        switch (event) {
            case Start it -> chunks.start(it);
            case UsageReport it -> usage = it.usage();
            case Ping it -> out.ascii(": ping\n\n");
            case Failed it -> fail(it.failure(), out);
            case Finished it -> finish(it.finish(), out);
            case TextDelta it -> text("content", it.text(), out);
            case RefusalDelta it -> text("refusal", it.text(), out);
            case ReasoningDelta it -> text("reasoning_content", it.text(), out);
            case Signature it -> seal(it, out);
            case ToolCallStart it -> delta(calls.start(it), out);
            case ToolCallArgsDelta it -> delta(calls.fragment(it.index(), it.fragment()), out);
            case ToolCallEnd it -> delta(calls.end(it.index()), out);
            case PartComplete it -> part(it.part(), out);
            case Cited it -> cited(it, out);
            case Logprobs it -> logprobs(it, out);
        }
    }

    @Override
    public void end(ByteSink out) {
        if (state != State.FINISHED) {
            return;
        }
        state = State.OVER;
        chunks.usage(usage, out);
        out.ascii("data: [DONE]\n\n");
    }

    private void fail(Failure failure, ByteSink out) {
        state = State.OVER;
        OpenAiChatErrors.event(failure, out);
    }

    private void finish(Finish finish, ByteSink out) {
        if (state == State.FINISHED) {
            return;
        }
        if (finish.reason() == Finish.Reason.ERROR) {
            fail(UpstreamErrors.of(FailureClass.STREAM_BROKEN), out);
            return;
        }
        open(false, out);
        state = State.FINISHED;
        chunks.finish(FinishReasons.encode(finish.reason()), out);
    }

    private void text(String member, String text, ByteSink out) {
        if (!text.isEmpty() && open(member.equals("content"), out)) {
            chunks.text(member, text, out);
        }
    }

    /** Writes the role chunk before the first delta. @return whether deltas may still be written */
    private boolean open(boolean text, ByteSink out) {
        if (state == State.FRESH) {
            state = State.OPEN;
            chunks.role(text, out);
        }
        return state == State.OPEN;
    }

    private void delta(@Nullable ObjectNode delta, ByteSink out) {
        if (delta != null && open(false, out)) {
            chunks.delta(delta, out);
        }
    }

    private void seal(Signature event, ByteSink out) {
        ObjectNode detail = ReasoningDetails.detail(
                calls.sealIndex(event.index()), null, event.signature(), calls.idOf(event.index()));
        ObjectNode delta = Json.object();
        delta.putArray("reasoning_details").add(detail);
        delta(delta, out);
    }

    private void part(Part part, ByteSink out) {
        ArrayNode images = Json.array();
        if (part instanceof Part.Image image) {
            OpenAiChatResponseEncoder.addImage(image, images);
        }
        if (!images.isEmpty()) {
            delta(Json.object().set("images", images), out);
        }
    }

    private void cited(Cited event, ByteSink out) {
        ArrayNode annotations = AssistantEncoder.annotations(List.of(event.citation()));
        if (!annotations.isEmpty()) {
            delta(Json.object().set("annotations", annotations), out);
        }
    }

    private void logprobs(Logprobs event, ByteSink out) {
        if (open(false, out)) {
            chunks.logprobs(LogprobFields.write(event.entries()), out);
        }
    }
}
