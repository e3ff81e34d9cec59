package dev.serai.protocol.openairesponses;

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
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Finish;
import dev.serai.message.Usage;
import dev.serai.protocol.Reply;
import dev.serai.protocol.StreamEncoder;
import dev.serai.protocol.UpstreamErrors;
import dev.serai.stream.ByteSink;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Canonical events as Responses events: created, in progress, the items one after the other, and one terminal event. */
final class OpenAiResponsesStreamEncoder implements StreamEncoder {

    private final Reply reply;
    private final Clock clock;
    private final EventWriter events = new EventWriter();
    private final CallOrder order = new CallOrder();
    private @Nullable Begun begun;
    private @Nullable Usage usage;
    private @Nullable Finish finish;
    private boolean over;

    /** What is known once the answer has begun. */
    private record Begun(ObjectNode response, ItemWriter items) {}

    OpenAiResponsesStreamEncoder(Reply reply, Clock clock) {
        this.reply = reply;
        this.clock = clock;
    }

    @Override
    public void encode(ChatEvent event, ByteSink out) {
        if (over) {
            return;
        }
        switch (event) {
            case Start it -> begin(it, out);
            case UsageReport it -> usage = it.usage();
            case Ping it -> out.ascii(": ping\n\n");
            case Failed it -> fail(it.failure(), out);
            case Finished it -> finish(it.finish(), out);
            case TextDelta it -> part(it.index(), it, out);
            case RefusalDelta it -> part(it.index(), it, out);
            case ReasoningDelta it -> part(it.index(), it, out);
            case Signature it -> part(it.index(), it, out);
            case ToolCallStart it -> part(it.index(), it, out);
            case ToolCallArgsDelta it -> part(it.index(), it, out);
            case ToolCallEnd it -> part(it.index(), it, out);
            case PartComplete it -> part(it.index(), it, out);
            case Cited it -> part(it.index(), it, out);
            case Logprobs it -> part(it.index(), it, out);
        }
    }

    @Override
    public void end(ByteSink out) {
        Finish last = finish;
        Begun answer = begun;
        if (over || last == null || answer == null) {
            return;
        }
        over = true;
        ResponseObject.finish(answer.response, last, answer.items.close(OutputItems.COMPLETED, out), usage, now());
        events.response("response." + Endings.status(last.reason()), answer.response, out);
    }

    private Begun begin(Start start, ByteSink out) {
        Begun answer = begun;
        if (answer == null) {
            String id = start.id().isEmpty() ? reply.requestId() : start.id();
            long created = start.created() == 0 ? now() : start.created();
            var namespaces = Namespaces.of(reply.echo().get("tools"));
            answer = new Begun(ResponseObject.begun(id, created, reply), new ItemWriter(events, id, namespaces));
            begun = answer;
            events.response("response.created", answer.response, out);
            events.response("response.in_progress", answer.response, out);
        }
        return answer;
    }

    private void part(int index, ChatEvent event, ByteSink out) {
        if (finish == null) {
            ItemWriter items = begin(new Start("", "", 0), out).items;
            order.accept(index, event, next -> items.accept(next, out));
        }
    }

    private void finish(Finish told, ByteSink out) {
        if (finish != null) {
            return;
        }
        if (told.reason() == Finish.Reason.ERROR) {
            fail(UpstreamErrors.of(FailureClass.STREAM_BROKEN), out);
            return;
        }
        ItemWriter items = begin(new Start("", "", 0), out).items;
        order.end(next -> items.accept(next, out));
        items.close(Endings.status(told.reason()), out);
        finish = told;
    }

    private void fail(Failure failure, ByteSink out) {
        over = true;
        Begun answer = begun;
        if (answer == null) {
            events.error(failure, out);
        } else {
            ResponseObject.fail(answer.response, failure, answer.items.soFar());
            events.response("response.failed", answer.response, out);
        }
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
