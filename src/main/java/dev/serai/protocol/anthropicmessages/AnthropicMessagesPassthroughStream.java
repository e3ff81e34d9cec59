package dev.serai.protocol.anthropicmessages;

import dev.serai.json.Json;
import dev.serai.json.Span;
import dev.serai.json.Splice;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Finish;
import dev.serai.message.Usage;
import dev.serai.protocol.PassthroughStream;
import dev.serai.protocol.Reply;
import dev.serai.protocol.SseText;
import dev.serai.protocol.UpstreamError;
import dev.serai.stream.ByteSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The tap on one stream; one token walk an event. The answer is whole with its {@code message_stop} and not before. */
final class AnthropicMessagesPassthroughStream implements PassthroughStream {

    private static final byte[] EVENT = "event:".getBytes(StandardCharsets.US_ASCII);
    private static final UpstreamError UNSAID = new UpstreamError("", "", "");

    private final AnthropicMessagesDialect dialect;
    private final String requestId;
    private final byte[] model;
    private final AnswerScan scan = new AnswerScan();
    private @Nullable Finish finish;
    private boolean contentSeen;
    private boolean callsSeen;
    private boolean complete;

    AnthropicMessagesPassthroughStream(Reply reply, AnthropicMessagesDialect dialect) {
        this.dialect = dialect;
        this.requestId = reply.requestId();
        this.model = Json.bytes(reply.model());
    }

    @Override
    public @Nullable Failure event(byte[] bytes, int from, int to, int dataFrom, int dataTo, ByteSink out) {
        if (complete || dataFrom >= dataTo) {
            return null;
        }
        try {
            scan.walk(bytes, dataFrom, dataTo);
        } catch (IOException notJson) {
            return UpstreamErrors.of(FailureClass.STREAM_BROKEN);
        }
        Failure failure = failure(bytes, from, dataFrom);
        if (failure == null) {
            note();
            forward(bytes, SseText.skipComments(bytes, from, dataFrom), to, dataFrom, dataTo, out);
        }
        return failure;
    }

    @Override
    public @Nullable Failure end(ByteSink out) {
        return complete ? null : UpstreamErrors.of(FailureClass.STREAM_BROKEN);
    }

    @Override
    public void fail(Failure failure, ByteSink out) {
        AnthropicMessagesErrors.event(failure, requestId, out);
    }

    private @Nullable Failure failure(byte[] bytes, int from, int dataFrom) {
        UpstreamError error = scan.error;
        if (error != null || scan.type.equals("error") || SseText.isErrorEvent(bytes, from, dataFrom)) {
            return dialect.failure(error == null ? UNSAID : error, FailureClass.STREAM_BROKEN);
        }
        boolean broken = !scan.stopReason.isEmpty() && dialect.reason(scan.stopReason) == Finish.Reason.ERROR;
        return broken ? UpstreamErrors.of(FailureClass.STREAM_BROKEN) : null;
    }

    private void note() {
        contentSeen |= scan.content;
        callsSeen |= scan.calls;
        complete = scan.type.equals("message_stop");
        if (!scan.stopReason.isEmpty()) {
            finish = StopReasons.finish(scan.stopReason, scan.stopSequence, scan.explanation, callsSeen, dialect);
        }
    }

    private void forward(byte[] bytes, int from, int to, int dataFrom, int dataTo, ByteSink out) {
        if (!isNamed(bytes, from, dataFrom)) {
            out.ascii("event: " + scan.type + "\n");
        }
        String renamed = scan.stopReason.isEmpty() ? null : dialect.renamedStop(scan.stopReason);
        Span stop = scan.stopAt;
        if (renamed != null && stop != null) {
            out.write(bytes, from, dataFrom - from);
            var splice = new Splice(Arrays.copyOfRange(bytes, dataFrom, dataTo));
            splice.replace(new Span(stop.from() - dataFrom, stop.to() - dataFrom), Json.bytes(renamed));
            out.write(splice.apply());
            out.write(bytes, dataTo, to - dataTo);
            return;
        }
        Span named = scan.model;
        if (named == null) {
            out.write(bytes, from, to - from);
        } else {
            out.write(bytes, from, named.from() - from);
            out.write(model);
            out.write(bytes, named.to(), to - named.to());
        }
    }

    /** Whether the event has a name, or none can be given to it. Clients pass over events without one. */
    private boolean isNamed(byte[] bytes, int from, int dataFrom) {
        for (int at = from; at + EVENT.length <= dataFrom; at++) {
            if (Arrays.equals(bytes, at, at + EVENT.length, EVENT, 0, EVENT.length)) {
                return true;
            }
        }
        return scan.type.isEmpty() || !scan.type.chars().allMatch(c -> c >= 'a' && c <= 'z' || c == '_');
    }

    @Override
    public boolean contentSeen() {
        return contentSeen;
    }

    @Override
    public boolean complete() {
        return complete;
    }

    @Override
    public @Nullable Usage usage() {
        return scan.usage.usage();
    }

    @Override
    public @Nullable Finish finish() {
        return finish;
    }

    @Override
    public long outputTokens() {
        return scan.output.tokens();
    }
}
