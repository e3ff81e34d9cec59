package dev.serai.protocol.openairesponses;

import dev.serai.json.Json;
import dev.serai.json.Span;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Finish;
import dev.serai.message.Usage;
import dev.serai.protocol.PassthroughStream;
import dev.serai.protocol.Reply;
import dev.serai.protocol.SseText;
import dev.serai.protocol.UpstreamError;
import dev.serai.protocol.UpstreamErrors;
import dev.serai.stream.ByteSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The tap on one Responses stream; one token walk an event. */
final class OpenAiResponsesPassthroughStream implements PassthroughStream {

    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

    private final Reply reply;
    private final OpenAiResponsesSurface.Errors errors;
    private final byte[] model;
    private final AnswerScan scan = new AnswerScan();
    private String responseId = "";
    private long created;
    private long sequence;
    private boolean begun;
    private @Nullable Usage usage;
    private @Nullable Finish finish;
    private boolean contentSeen;
    private boolean callsSeen;
    private long outputTokens;

    OpenAiResponsesPassthroughStream(Reply reply, OpenAiResponsesSurface.Errors errors) {
        this.reply = reply;
        this.errors = errors;
        this.model = Json.bytes(reply.model());
    }

    @Override
    public @Nullable Failure event(byte[] bytes, int from, int to, int dataFrom, int dataTo, ByteSink out) {
        if (complete() || dataFrom >= dataTo) {
            return null;
        }
        if (SseText.is(bytes, dataFrom, dataTo, DONE)) {
            return UpstreamErrors.of(FailureClass.STREAM_BROKEN);
        }
        try {
            scan.walkEvent(bytes, dataFrom, dataTo);
        } catch (IOException e) {
            return UpstreamErrors.of(FailureClass.STREAM_BROKEN);
        }
        Failure failure = failure(bytes, from, dataFrom);
        if (failure == null) {
            note();
            forward(bytes, from, to, dataFrom, out);
        } else if (scan.usage != null) {
            usage = scan.usage;
        }
        return failure;
    }

    @Override
    public @Nullable Failure end(ByteSink out) {
        return complete() ? null : UpstreamErrors.of(FailureClass.STREAM_BROKEN);
    }

    @Override
    public void fail(Failure failure, ByteSink out) {
        var events = new EventWriter(sequence);
        if (begun) {
            var response = ResponseObject.begun(ResponseObject.bareId(responseId), created, reply);
            ResponseObject.fail(response, failure, Json.array());
            events.response("response.failed", response, out);
        } else {
            events.error(failure, out);
        }
    }

    private @Nullable Failure failure(byte[] bytes, int from, int dataFrom) {
        UpstreamError error = scan.error;
        if (error != null) {
            return errors.failure(error, FailureClass.STREAM_BROKEN);
        }
        boolean failed = scan.type.equals("response.failed") || scan.type.equals("response.cancelled");
        return failed || SseText.isErrorEvent(bytes, from, dataFrom)
                ? UpstreamErrors.of(FailureClass.STREAM_BROKEN)
                : null;
    }

    private void note() {
        sequence = (scan.sequence >= 0 ? scan.sequence : sequence) + 1;
        if (!scan.id.isEmpty()) {
            begun = true;
            responseId = scan.id;
            created = scan.created;
        }
        if (scan.usage != null) {
            usage = scan.usage;
        }
        callsSeen |= scan.calls;
        contentSeen |= isContent();
        switch (scan.type) {
            case "response.completed" -> over(OutputItems.COMPLETED);
            case "response.incomplete" -> over(OutputItems.INCOMPLETE);
            default -> {}
        }
    }

    /** Text, reasoning, a call that begins, a part that comes as a whole. */
    private boolean isContent() {
        return switch (scan.type) {
            case "response.output_text.delta",
                    "response.refusal.delta",
                    "response.reasoning_summary_text.delta",
                    "response.reasoning_text.delta",
                    "response.function_call_arguments.delta",
                    "response.custom_tool_call_input.delta",
                    "response.audio.delta" -> scan.deltaLength > 0;
            case "response.output_item.added" -> scan.calls;
            case "response.output_item.done" -> scan.itemLength > 0 || isWholeItem();
            case "response.image_generation_call.partial_image" -> true;
            default -> false;
        };
    }

    private boolean isWholeItem() {
        return !scan.item.equals("message") && !scan.item.equals("reasoning") && !scan.item.isEmpty();
    }

    private void over(String status) {
        finish = Endings.decode(status, scan.incomplete, callsSeen, false);
        contentSeen |= scan.itemLength > 0 || scan.calls;
        if (scan.deltas.tokens() == 0) {
            outputTokens = scan.items.tokens();
        }
    }

    private void forward(byte[] bytes, int from, int to, int dataFrom, ByteSink out) {
        int start = SseText.skipComments(bytes, from, dataFrom);
        Span span = scan.model;
        if (span == null) {
            out.write(bytes, start, to - start);
        } else {
            out.write(bytes, start, span.from() - start);
            out.write(model);
            out.write(bytes, span.to(), to - span.to());
        }
    }

    @Override
    public boolean contentSeen() {
        return contentSeen;
    }

    @Override
    public boolean complete() {
        return finish != null;
    }

    @Override
    public @Nullable Usage usage() {
        return usage;
    }

    @Override
    public @Nullable Finish finish() {
        return finish;
    }

    @Override
    public long outputTokens() {
        return outputTokens + scan.deltas.tokens();
    }
}
