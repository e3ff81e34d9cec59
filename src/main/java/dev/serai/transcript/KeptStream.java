package dev.serai.transcript;

import dev.serai.call.AnswerStream;
import dev.serai.json.JsonObjectSpans;
import dev.serai.json.Span;
import dev.serai.message.Refusal;
import dev.serai.stream.ByteSink;
import java.util.Arrays;
import java.util.Set;

/**
 * A stream whose response is kept before its last event goes out. Events pass as they come; those that carry the whole
 * response object are edited ({@link ResponseKeeper}), and the one that finishes it waits until what came before it has been
 * written. Holds one event at most.
 */
final class KeptStream implements AnswerStream {

    private static final Set<String> FINISHED = Set.of("response.completed", "response.incomplete");
    private static final Set<String> CARRIERS = Set.of(
            "response.created",
            "response.queued",
            "response.in_progress",
            "response.completed",
            "response.incomplete",
            "response.failed");
    private static final byte[] NOTHING = {};

    private final AnswerStream source;
    private final ResponseKeeper keeper;
    private final ByteSink out = new ByteSink(1024);
    private byte[] held = NOTHING;
    private boolean over;

    KeptStream(AnswerStream source, ResponseKeeper keeper) {
        this.source = source;
        this.keeper = keeper;
        take();
    }

    @Override
    public ByteSink out() {
        return out;
    }

    @Override
    public boolean advance() {
        if (held.length > 0) {
            byte[] last = held;
            held = NOTHING;
            pass(last, true);
            return true;
        }
        if (!over) {
            over = !source.advance();
            take();
        }
        return !over || held.length > 0;
    }

    /** A source appends whole events. */
    private void take() {
        byte[] bytes = source.out().toByteArray();
        source.out().clear();
        pass(bytes, false);
    }

    private void pass(byte[] bytes, boolean mayFinish) {
        int at = 0;
        while (at < bytes.length) {
            var event = StreamEvent.at(bytes, at);
            if (FINISHED.contains(event.type()) && !mayFinish && !out.isEmpty()) {
                held = Arrays.copyOfRange(bytes, at, bytes.length);
                return;
            }
            if (CARRIERS.contains(event.type())) {
                edit(bytes, event);
            } else {
                out.write(bytes, at, event.to() - at);
            }
            at = event.to();
        }
    }

    private void edit(byte[] bytes, StreamEvent event) {
        byte[] data = Arrays.copyOfRange(bytes, event.dataFrom(), event.dataTo());
        try {
            Span response = JsonObjectSpans.scan(data).value("response");
            if (response != null) {
                byte[] shown = keeper.pass(Arrays.copyOfRange(data, response.from(), response.to()));
                out.write(bytes, event.from(), event.dataFrom() - event.from());
                out.write(data, 0, response.from());
                out.write(shown);
                out.write(data, response.to(), data.length - response.to());
                out.write(bytes, event.dataTo(), event.to() - event.dataTo());
                return;
            }
        } catch (Refusal noResponse) {
            // passes as it came
        }
        out.write(bytes, event.from(), event.to() - event.from());
    }

    @Override
    public void close() {
        source.close();
    }
}
