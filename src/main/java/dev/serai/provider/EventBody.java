package dev.serai.provider;

import dev.serai.message.ChatResponse;
import dev.serai.message.FailureClass;
import dev.serai.message.Refusal;
import dev.serai.message.ResponseAssembly;
import dev.serai.protocol.StreamDecoder;
import dev.serai.stream.SseReader;
import java.io.IOException;
import java.io.InputStream;

/** Whole answers of upstreams that tell every answer in events. */
final class EventBody {

    private static final int MAX_EVENT = 16 * 1024 * 1024;
    private static final int MAX_EVENTS = 2_000_000;

    private EventBody() {}

    /**
     * The answer that an event stream tells; its connection may stay open behind the answer's last event.
     *
     * @param flowing run whenever bytes have come
     * @throws IOException when the source breaks
     * @throws Refusal when the answer fails or is not whole
     */
    static ChatResponse read(InputStream source, StreamDecoder decoder, Runnable flowing) throws IOException {
        var answer = new ResponseAssembly();
        var reader = new SseReader(source, MAX_EVENT);
        int[] events = new int[1];
        boolean more = true;
        try {
            while (more) {
                more = reader.read((name, bytes, from, to, dataFrom, dataTo) -> {
                    decoder.event(name, bytes, dataFrom, dataTo, answer::accept);
                    return !decoder.complete() && ++events[0] < MAX_EVENTS;
                });
                flowing.run();
                more &= !decoder.complete() && events[0] < MAX_EVENTS;
            }
        } catch (SseReader.EventTooLarge tooLarge) {
            throw new Refusal(UpstreamFailure.of(FailureClass.UPSTREAM));
        }
        decoder.end(answer::accept);
        return answer.response();
    }
}
