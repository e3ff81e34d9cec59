package dev.serai.protocol.anthropicmessages;

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
import dev.serai.stream.ByteSink;
import org.jspecify.annotations.Nullable;

/**
 * Canonical events as a stream of Messages events. Usage may come behind the finish, so both are told at the end of the
 * source, in the one {@code message_delta}.
 */
final class AnthropicMessagesStreamEncoder implements StreamEncoder {

    private final EventWriter events;
    private final BlockStream blocks;
    private final BlockOrder order;
    private ByteSink sink = new ByteSink(0);
    private Usage usage = Usage.NONE;
    private String id = "";
    private @Nullable Finish finish;
    private boolean started;
    private boolean over;

    AnthropicMessagesStreamEncoder(Reply reply) {
        this.events = new EventWriter(reply);
        this.blocks = new BlockStream(events);
        this.order = new BlockOrder(event -> blocks.accept(event, sink));
    }

    @Override
    public void encode(ChatEvent event, ByteSink out) {
        if (over) {
            return;
        }
        sink = out;
        switch (event) {
            case Start it -> start(it.id());
            case UsageReport it -> usage = it.usage();
            case Failed it -> fail(it.failure());
            case Finished it -> finish(it.finish());
            case Ping it -> ping();
            case TextDelta it -> part(it.index(), it);
            case RefusalDelta it -> part(it.index(), it);
            case ReasoningDelta it -> part(it.index(), it);
            case Signature it -> part(it.index(), it);
            case ToolCallStart it -> part(it.index(), it);
            case ToolCallArgsDelta it -> part(it.index(), it);
            case ToolCallEnd it -> part(it.index(), it);
            case PartComplete it -> part(it.index(), it);
            case Cited it -> part(it.index(), it);
            case Logprobs it -> {}
        }
    }

    @Override
    public void end(ByteSink out) {
        Finish last = finish;
        if (!over && last != null) {
            over = true;
            events.end(last, usage, out);
        }
    }

    private void start(String messageId) {
        if (!started) {
            started = true;
            id = messageId;
            blocks.messageId(id);
            events.start(id, sink);
        }
    }

    private void part(int index, ChatEvent event) {
        if (finish == null) {
            start(id);
            order.accept(index, event);
        }
    }

    private void ping() {
        if (started) {
            events.ping(sink);
        }
    }

    private void finish(Finish told) {
        if (finish != null) {
            return;
        }
        if (told.reason() == Finish.Reason.ERROR) {
            fail(UpstreamErrors.of(FailureClass.STREAM_BROKEN));
            return;
        }
        start(id);
        order.end();
        blocks.close(sink);
        finish = told;
    }

    private void fail(Failure failure) {
        over = true;
        events.fail(failure, sink);
    }
}
