package dev.serai.provider;

import dev.serai.call.AnswerStream;
import dev.serai.call.Attempt;
import dev.serai.call.Call;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Finish;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.message.Usage;
import dev.serai.protocol.Protocol;
import dev.serai.stream.ByteSink;
import dev.serai.stream.SseReader;
import dev.serai.upstream.UpstreamResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * An upstream's event stream on its way to the caller. The two lanes differ in what they do with one event; when it
 * begins, breaks, ends and what it used is the same.
 */
abstract class LaneStream implements AnswerStream {

    private static final int MAX_EVENT = 16 * 1024 * 1024;
    private static final Failure BROKEN =
            Failure.of(Kind.UPSTREAM_ERROR, FailureClass.STREAM_BROKEN, "The upstream provider's answer broke off.");
    private static final Failure TOO_LARGE = Failure.of(
            Kind.UPSTREAM_ERROR, FailureClass.STREAM_BROKEN, "The upstream provider sent an event that is too large.");

    final Call call;
    private final Attempt attempt;
    private final UpstreamResponse response;
    private final UsageEstimate estimate;
    private final SseReader reader;
    private final ByteSink out = new ByteSink(1024);
    private @Nullable Failure failure;
    private boolean over;
    private boolean opened;
    private boolean whole;
    private @Nullable Usage lastTold;
    private long outputWhenTold;

    LaneStream(Call call, Attempt attempt, UpstreamResponse response) {
        this.call = call;
        this.attempt = attempt;
        this.response = response;
        this.estimate = new UsageEstimate(call);
        this.reader = new SseReader(response.body(), MAX_EVENT);
    }

    /** One event; what the caller sees of it is appended to {@link #out()}. @return the failure that it is or tells */
    abstract @Nullable Failure event(String name, byte[] bytes, int from, int to, int dataFrom, int dataTo);

    /** The source ended: appends what closes the answer. @return why the answer is not whole */
    abstract @Nullable Failure end();

    /** The answer broke: appends the event that the caller's protocol has for it. */
    abstract void fail(Failure failure);

    /** The answer is whole; what may still come from the upstream is of no interest. */
    abstract boolean complete();

    /** The answer is whole, and a break of the source is as good as its end. */
    abstract boolean mayBreakOff();

    abstract boolean contentSeen();

    abstract @Nullable Usage usage();

    abstract @Nullable Finish finish();

    abstract long outputTokens();

    /**
     * Reads until the first content or the end. @throws Refusal when the stream breaks, or ends with nothing, before any
     * content: nothing of it has been shown then
     */
    final void open() {
        while (!contentSeen() && step()) {
            // the next read
        }
        if (failure != null) {
            if (lastTold != null) {
                call.use(lastTold);
            }
            throw new Refusal(failure);
        }
        if (!contentSeen()) {
            EmptyAnswers.refuse(call, finish(), usage(), false);
        }
        opened = true;
        call.content();
        attempt.resting(call.nanos());
        if (over) {
            finishWell();
        } else {
            call.use(usageSoFar());
            call.releaseRequest();
        }
    }

    @Override
    public final boolean advance() {
        if (over) {
            return false;
        }
        long start = call.nanos();
        attempt.flowing(start);
        boolean more = step();
        long now = call.nanos();
        call.waited(now - start);
        attempt.resting(now);
        if (!more) {
            conclude();
        }
        return more;
    }

    /** One read. @return false when the answer is over */
    private boolean step() {
        try {
            boolean more = reader.read(this::handle);
            if (failure == null && !over && !more) {
                failure = end();
                over = true;
            }
        } catch (SseReader.EventTooLarge e) {
            failure = TOO_LARGE;
        } catch (IOException | UncheckedIOException e) {
            failure = mayBreakOff() ? end() : broken();
            over = true;
        }
        over |= failure != null;
        return !over;
    }

    private Failure broken() {
        var broken = attempt.broken();
        return broken != null ? broken : BROKEN;
    }

    private boolean handle(String name, byte[] bytes, int from, int to, int dataFrom, int dataTo) {
        failure = event(name, bytes, from, to, dataFrom, dataTo);
        noteUsage();
        if (failure == null && complete()) {
            failure = end();
            over = true;
        }
        return failure == null && !over;
    }

    private void noteUsage() {
        var told = usage();
        if (told != null && !told.equals(lastTold)) {
            lastTold = told;
            outputWhenTold = outputTokens();
        }
    }

    /** Of an answer that is not whole: what the upstream told, and an estimate of what came after it had told that. */
    private Usage usageSoFar() {
        return lastTold == null
                ? estimate.of(outputTokens())
                : estimate.after(lastTold, outputTokens() - outputWhenTold);
    }

    private void conclude() {
        if (failure == null) {
            finishWell();
            return;
        }
        call.use(usageSoFar());
        attempt.settle(failure);
        response.discard();
        if (!call.clientGone()) {
            call.fail(failure);
            fail(failure);
        }
    }

    private void finishWell() {
        var usage = usage();
        call.use(usage != null ? usage : estimate.of(outputTokens()));
        attempt.settle(null);
        whole = true;
    }

    /** What follows the sentinel is read, if it comes soon, so that the connection can be used again. */
    private void drain() {
        attempt.closing(call.nanos());
        try {
            if (response.body().read() < 0) {
                response.close();
            }
        } catch (IOException | UncheckedIOException e) {
            // the answer is whole; the connection is not worth keeping
        }
    }

    final Protocol protocol() {
        var protocol = call.protocol();
        if (protocol == null) {
            throw new IllegalStateException("a call without a protocol");
        }
        return protocol;
    }

    @Override
    public final ByteSink out() {
        return out;
    }

    @Override
    public final void close() {
        if (!over) {
            over = true;
            call.use(usageSoFar());
            attempt.settle(opened ? Attempt.CLIENT_LEFT : BROKEN);
        }
        if (whole) {
            drain();
        }
        response.discard();
    }
}
