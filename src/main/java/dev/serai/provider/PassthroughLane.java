package dev.serai.provider;

import dev.serai.call.Attempt;
import dev.serai.call.Call;
import dev.serai.message.Failure;
import dev.serai.message.Finish;
import dev.serai.message.Usage;
import dev.serai.protocol.PassthroughStream;
import dev.serai.upstream.UpstreamResponse;
import org.jspecify.annotations.Nullable;

/** The upstream's own events, byte for byte but for the model's name. */
final class PassthroughLane extends LaneStream {

    private final PassthroughStream tap;

    PassthroughLane(Call call, Attempt attempt, UpstreamResponse response) {
        super(call, attempt, response);
        this.tap = attempt.surface().passthroughStream(call.reply(), attempt.target());
    }

    @Override
    @Nullable
    Failure event(String name, byte[] bytes, int from, int to, int dataFrom, int dataTo) {
        int before = out().size();
        var failure = tap.event(bytes, from, to, dataFrom, dataTo, out());
        if (bytes[to - 1] == '\r' && out().size() > before) {
            out().write('\n');
        }
        return failure;
    }

    @Override
    @Nullable
    Failure end() {
        return tap.end(out());
    }

    @Override
    void fail(Failure failure) {
        tap.fail(failure, out());
    }

    @Override
    boolean complete() {
        return tap.complete();
    }

    @Override
    boolean mayBreakOff() {
        return tap.mayBreakOff();
    }

    @Override
    boolean contentSeen() {
        return tap.contentSeen();
    }

    @Override
    @Nullable
    Usage usage() {
        return tap.usage();
    }

    @Override
    @Nullable
    Finish finish() {
        return tap.finish();
    }

    @Override
    long outputTokens() {
        return tap.outputTokens();
    }
}
