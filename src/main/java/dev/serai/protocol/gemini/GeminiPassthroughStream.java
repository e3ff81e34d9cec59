package dev.serai.protocol.gemini;

import dev.serai.json.Json;
import dev.serai.json.Span;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Finish;
import dev.serai.message.Usage;
import dev.serai.protocol.PassthroughStream;
import dev.serai.protocol.Reply;
import dev.serai.protocol.SseText;
import dev.serai.stream.ByteSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The tap on one stream; one token walk an event. Events of a data line alone pass as they are; in an array their data
 * does. The stream is whole when every candidate has finished, or the prompt was blocked, and the source has ended.
 */
final class GeminiPassthroughStream implements PassthroughStream {

    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

    private final UpstreamErrors errors;
    private final GeminiFrames frames;
    private final byte[] model;
    private final AnswerScan scan = new AnswerScan();
    private final BitSet begun = new BitSet();
    private final BitSet finished = new BitSet();
    private @Nullable Usage usage;
    private @Nullable Finish finish;
    private boolean blocked;
    private boolean contentSeen;
    private boolean callsSeen;
    private boolean complete;

    GeminiPassthroughStream(Reply reply, UpstreamErrors errors) {
        this.errors = errors;
        this.frames = new GeminiFrames(reply.traits());
        this.model = Json.bytes(reply.model());
    }

    @Override
    public @Nullable Failure event(byte[] bytes, int from, int to, int dataFrom, int dataTo, ByteSink out) {
        if (complete || dataFrom >= dataTo || SseText.is(bytes, dataFrom, dataTo, DONE)) {
            return null;
        }
        try {
            scan.walk(bytes, dataFrom, dataTo);
            if (scan.error || SseText.isErrorEvent(bytes, from, dataFrom)) {
                return errors.of(Json.tree(bytes, dataFrom, dataTo));
            }
        } catch (IOException e) {
            return UpstreamErrors.broken(FailureClass.STREAM_BROKEN);
        }
        if (failedEmpty()) {
            return UpstreamErrors.broken(FailureClass.EMPTY);
        }
        note();
        forward(bytes, from, to, dataFrom, dataTo, out);
        return null;
    }

    /** A finish that is a failure, before anything has been shown: somebody else may still answer. */
    private boolean failedEmpty() {
        return !contentSeen
                && !scan.content
                && scan.candidates.stream()
                        .anyMatch(
                                it -> it.finish() != null && FinishReasons.reason(it.finish()) == Finish.Reason.ERROR);
    }

    @Override
    public @Nullable Failure end(ByteSink out) {
        if (complete) {
            return null;
        }
        if (!mayBreakOff()) {
            return UpstreamErrors.broken(FailureClass.STREAM_BROKEN);
        }
        complete = true;
        frames.end(out);
        return null;
    }

    @Override
    public void fail(Failure failure, ByteSink out) {
        frames.fail(failure, out);
    }

    private void note() {
        contentSeen |= scan.content;
        callsSeen |= scan.calls;
        if (scan.usage != null) {
            usage = scan.usage;
        }
        for (AnswerScan.Candidate candidate : scan.candidates) {
            begun.set(candidate.index());
            String reason = candidate.finish();
            if (reason != null) {
                finished.set(candidate.index());
                if (finish == null || candidate.index() == 0) {
                    finish = FinishReasons.decode(reason, null);
                }
            }
        }
        if (scan.blocked != null && !blocked) {
            blocked = true;
            finish = finish == null ? Finish.of(Finish.Reason.CONTENT_FILTER, scan.blocked) : finish;
        }
    }

    private void forward(byte[] bytes, int from, int to, int dataFrom, int dataTo, ByteSink out) {
        if (!frames.array() && isPlain(bytes, from, to, dataFrom, dataTo)) {
            splice(bytes, SseText.skipComments(bytes, from, dataFrom), to, out);
        } else {
            frames.open(out);
            splice(bytes, dataFrom, dataTo, out);
            frames.close(out);
        }
    }

    /** Whether the event is nothing but its data: of other lines Google's clients lose the data. */
    private static boolean isPlain(byte[] bytes, int from, int to, int dataFrom, int dataTo) {
        if (dataFrom < from || dataTo > to) {
            return false;
        }
        int start = SseText.skipComments(bytes, from, dataFrom);
        for (int i = start; i < dataFrom; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r') {
                return false;
            }
        }
        for (int i = dataTo; i < to; i++) {
            if (bytes[i] != '\n' && bytes[i] != '\r') {
                return false;
            }
        }
        return true;
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
    public boolean mayBreakOff() {
        return blocked || finish != null && begun.cardinality() == finished.cardinality();
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
