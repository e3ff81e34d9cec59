package dev.serai.wires;

import dev.serai.message.ChatEvent;
import dev.serai.message.ChatResponse;
import dev.serai.message.ResponseAssembly;
import dev.serai.protocol.StreamEncoder;
import dev.serai.stream.ByteSink;
import dev.serai.stream.SseReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Events to bytes and back. */
public final class Streams {

    private static final int MAX_EVENT = 16 * 1024 * 1024;

    private Streams() {}

    /** The stream that a caller would get, with a sign of life between events now and then. */
    public static byte[] written(Wire wire, List<ChatEvent> events, Chance chance) {
        var reply = wire.reply(true);
        StreamEncoder encoder = wire.protocol().streamEncoder(reply);
        var all = new ByteArrayOutputStream();
        var out = new ByteSink(256);
        for (ChatEvent event : events) {
            encoder.encode(event, out);
            all.writeBytes(out.toByteArray());
            out.clear();
            if (chance.in(10)) {
                all.writeBytes(wire.protocol().heartbeat(reply.traits()));
            }
        }
        encoder.end(out);
        all.writeBytes(out.toByteArray());
        return all.toByteArray();
    }

    /** What an upstream's decoder makes of these bytes, however they are cut. */
    public static EventOrder read(Wire wire, byte[] bytes, int most, Chance chance) throws IOException {
        var order = new EventOrder();
        var decoder = wire.surface().streamDecoder(wire.target(true));
        var reader = new SseReader(chopped(bytes, most, chance), MAX_EVENT);
        boolean more = true;
        while (more) {
            more = reader.read((name, buffer, from, to, dataFrom, dataTo) -> {
                decoder.event(name, buffer, dataFrom, dataTo, order);
                return true;
            });
        }
        decoder.end(order);
        return order;
    }

    /** @throws dev.serai.message.Refusal when the answer is not whole */
    public static ChatResponse assembled(List<ChatEvent> events) {
        var assembly = new ResponseAssembly();
        events.forEach(assembly::accept);
        return assembly.response();
    }

    /** The bytes in reads of random lengths. */
    static InputStream chopped(byte[] bytes, int most, Chance chance) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] target, int from, int length) {
                return super.read(target, from, Math.min(length, chance.between(1, most)));
            }
        };
    }
}
