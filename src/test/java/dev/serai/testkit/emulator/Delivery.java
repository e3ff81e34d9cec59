package dev.serai.testkit.emulator;

import dev.serai.testkit.FakeUpstream.Wire;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * How a stream is brought to the other side.
 *
 * @param events how many go out before the ending; {@link Integer#MAX_VALUE} for all
 */
public record Delivery(SseStyle style, Pace pace, Ending ending, int events) {

    public static final Delivery WHOLE = new Delivery(SseStyle.PLAIN, Pace.FREE, Ending.WHOLE, Integer.MAX_VALUE);

    private static final String HEAD = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\n"
            + "cache-control: no-cache\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n";

    public Delivery as(SseStyle other) {
        return new Delivery(other, pace, ending, events);
    }

    public Delivery at(Pace other) {
        return new Delivery(style, other, ending, events);
    }

    /** With this ending after so many events. */
    public Delivery ends(Ending other, int after) {
        return new Delivery(style, pace, other, after);
    }

    /**
     * Writes the stream; returns when its connection is of no more use.
     *
     * @param over runs right before the last event of a stream that ends well: from then on the other side may believe it over
     * @return how it ended in truth
     */
    public Ending play(Wire wire, List<SseEvent> stream, Runnable over) throws InterruptedException {
        var left = wire.left();
        var sent = stream.subList(0, Math.min(events, stream.size()));
        int toCome = sent.size();
        try {
            wire.send(HEAD);
            if (sent.isEmpty() && ending == Ending.WHOLE) {
                over.run();
            }
            for (var event : sent) {
                if (!pace.next(left)) {
                    return Ending.LEFT;
                }
                if (--toCome == 0 && ending == Ending.WHOLE) {
                    over.run();
                }
                for (byte[] piece : style.pieces(event)) {
                    wire.chunk(piece);
                }
            }
            return end(wire, left);
        } catch (IOException gone) {
            return toCome == 0 && ending == Ending.WHOLE ? Ending.WHOLE : Ending.LEFT;
        }
    }

    private Ending end(Wire wire, CountDownLatch left) throws IOException, InterruptedException {
        switch (ending) {
            case WHOLE -> wire.lastChunk();
            case CUT -> wire.close();
            case RESET -> wire.reset();
            case STALL, LEFT -> {
                wire.await(left);
                return Ending.LEFT;
            }
        }
        return ending;
    }
}
