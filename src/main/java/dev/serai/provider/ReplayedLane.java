package dev.serai.provider;

import dev.serai.call.AnswerStream;
import dev.serai.call.Attempt;
import dev.serai.call.Call;
import dev.serai.message.ChatResponse;
import dev.serai.message.ResponseEvents;
import dev.serai.protocol.StreamEncoder;
import dev.serai.stream.ByteSink;

/** A whole answer for a caller who asked for a stream. */
final class ReplayedLane implements AnswerStream {

    private final ByteSink out = new ByteSink(1024);

    ReplayedLane(Call call, Attempt attempt, ChatResponse response, StreamEncoder encoder) {
        ResponseEvents.of(response).forEach(event -> encoder.encode(event, out));
        encoder.end(out);
        call.content();
        attempt.settle(null);
    }

    @Override
    public ByteSink out() {
        return out;
    }

    @Override
    public boolean advance() {
        return false;
    }

    @Override
    public void close() {
        // nothing is running
    }
}
