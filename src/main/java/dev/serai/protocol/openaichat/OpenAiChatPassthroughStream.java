package dev.serai.protocol.openaichat;

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
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** The tap on one chat stream; one token walk an event. */
final class OpenAiChatPassthroughStream implements PassthroughStream {

    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

    private final OpenAiChatDialect dialect;
    private final boolean includeUsage;
    private final byte[] model;
    private final AnswerScan scan = new AnswerScan();
    private final BitSet begun = new BitSet();
    private final BitSet finished = new BitSet();
    private @Nullable Usage usage;
    private @Nullable Finish finish;
    private boolean contentSeen;
    private boolean callsSeen;
    private boolean complete;

    OpenAiChatPassthroughStream(Reply reply, OpenAiChatDialect dialect) {
        this.dialect = dialect;
        this.includeUsage = reply.includeUsage();
        this.model = Json.bytes(reply.model());
    }

    @Override
    public @Nullable Failure event(byte[] bytes, int from, int to, int dataFrom, int dataTo, ByteSink out) {
        if (complete || dataFrom >= dataTo) {
            return null;
        }
        if (SseText.is(bytes, dataFrom, dataTo, DONE)) {
            return done(bytes, from, to, dataFrom, out);
        }
        try {
            scan.walk(bytes, dataFrom, dataTo);
        } catch (IOException e) {
            return UpstreamErrors.of(FailureClass.STREAM_BROKEN);
        }
        Failure failure = failure(bytes, from, dataFrom);
        if (failure == null) {
            note();
            forward(bytes, from, to, dataFrom, dataTo, out);
        }
        return failure;
    }

    @Override
    public @Nullable Failure end(ByteSink out) {
        if (complete) {
            return null;
        }
        if (!allFinished()) {
            return UpstreamErrors.of(FailureClass.STREAM_BROKEN);
        }
        complete = true;
        out.ascii("data: [DONE]\n\n");
        return null;
    }

    @Override
    public void fail(Failure failure, ByteSink out) {
        OpenAiChatErrors.event(failure, out);
    }

    private @Nullable Failure done(byte[] bytes, int from, int to, int dataFrom, ByteSink out) {
        if (!allFinished()) {
            return UpstreamErrors.of(FailureClass.STREAM_BROKEN);
        }
        complete = true;
        int start = SseText.skipComments(bytes, from, dataFrom);
        out.write(bytes, start, to - start);
        return null;
    }

    private boolean allFinished() {
        return finish != null && begun.cardinality() == finished.cardinality();
    }

    private @Nullable Failure failure(byte[] bytes, int from, int dataFrom) {
        UpstreamError error = scan.error;
        if (error != null) {
            return dialect.failure(error, FailureClass.STREAM_BROKEN);
        }
        if (SseText.isErrorEvent(bytes, from, dataFrom)) {
            return UpstreamErrors.of(FailureClass.STREAM_BROKEN);
        }
        for (AnswerScan.Choice choice : scan.choices) {
            String reason = choice.finish();
            if (reason != null && dialect.finish(reason).reason() == Finish.Reason.ERROR) {
                return UpstreamErrors.of(FailureClass.STREAM_BROKEN);
            }
        }
        return null;
    }

    private void note() {
        contentSeen |= scan.content;
        callsSeen |= scan.calls;
        if (scan.usage != null) {
            usage = scan.usage;
        }
        for (AnswerScan.Choice choice : scan.choices) {
            begun.set(choice.index());
            String reason = choice.finish();
            if (reason != null) {
                finished.set(choice.index());
                if (finish == null || choice.index() == 0) {
                    finish = dialect.finish(reason);
                }
            }
        }
    }

    private void forward(byte[] bytes, int from, int to, int dataFrom, int dataTo, ByteSink out) {
        boolean finishes = false;
        boolean renames = false;
        for (AnswerScan.Choice choice : scan.choices) {
            String reason = choice.finish();
            finishes |= reason != null;
            renames |= reason != null && dialect.renamedFinish(reason) != null;
        }
        boolean hasUsage = scan.usage != null;
        if (hasUsage && scan.choices.isEmpty() && !includeUsage) {
            return;
        }
        boolean splits = hasUsage && finishes && includeUsage && dialect.splitsUsage();
        if (splits || renames || dataFrom < from || dataTo > to) {
            byte[] data = ChunkEdits.edited(bytes, dataFrom, dataTo, scan, model, dialect);
            if (splits) {
                ChunkEdits.splitUsage(data, out);
            } else {
                ChunkEdits.data(data, out);
            }
        } else {
            splice(bytes, SseText.skipComments(bytes, from, dataFrom), to, out);
        }
    }

    private void splice(byte[] bytes, int from, int to, ByteSink out) {
        Span span = scan.model;
        if (span == null) {
            out.write(bytes, from, to - from);
        } else {
            out.write(bytes, from, span.from() - from);
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
        return complete;
    }

    @Override
    public @Nullable Usage usage() {
        return usage;
    }

    @Override
    public @Nullable Finish finish() {
        Finish last = finish;
        return last == null ? null : last.withCalls(callsSeen);
    }

    @Override
    public long outputTokens() {
        return scan.output.tokens();
    }
}
