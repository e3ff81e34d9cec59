package dev.serai.fuzz;

import dev.serai.message.ChatEvent;
import dev.serai.message.ChatRequest;
import dev.serai.message.Failure;
import dev.serai.message.Refusal;
import dev.serai.message.ResponseAssembly;
import dev.serai.message.ResponseEvents;
import dev.serai.protocol.Envelope;
import dev.serai.protocol.PassthroughStream;
import dev.serai.protocol.StreamDecoder;
import dev.serai.protocol.StreamEncoder;
import dev.serai.protocol.ToolDisguise;
import dev.serai.stream.ByteSink;
import dev.serai.stream.SseReader;
import dev.serai.wires.EventOrder;
import dev.serai.wires.Wire;
import dev.serai.wires.Wires;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that reads bytes of strangers, given the same bytes; what was read is written in every wire. A {@link Refusal} is
 * a good answer, any other exception a bug; so is an output out of all proportion.
 */
final class Readers {

    private static final int MAX_EVENT = 64 * 1024;
    private static final int FIXED = 64 * 1024;
    private static final int FACTOR = 200;

    private Readers() {}

    /** A request as a caller of each protocol. */
    static void request(byte[] input) {
        for (Wire wire : Wires.all()) {
            for (boolean stream : new boolean[] {false, true}) {
                request(wire, input, stream);
            }
        }
    }

    private static void request(Wire wire, byte[] input, boolean stream) {
        Envelope envelope;
        try {
            envelope = wire.protocol().read(input.clone(), wire.head(stream));
        } catch (Refusal refused) {
            return;
        }
        try {
            wire.protocol().echo(envelope);
        } catch (Refusal refused) {
            // as good as reading it
        }
        try {
            var passed = wire.surface().passthrough(envelope, wire.target(stream));
            size(passed == null ? 0 : passed.bytes().length, input);
        } catch (Refusal refused) {
            // what passes is read as far as it is edited
        }
        ChatRequest request;
        try {
            request = wire.protocol().decode(envelope);
        } catch (Refusal refused) {
            return;
        }
        Wires.all().forEach(to -> written(request, to, stream, input));
    }

    private static void written(ChatRequest request, Wire to, boolean stream, byte[] input) {
        try {
            var disguised = ToolDisguise.of(request, to.surface().toolRules()).applied(request);
            size(to.surface().encode(disguised, to.target(stream)).bytes().length, input);
        } catch (Refusal refused) {
            // it cannot be said there
        }
    }

    /** A whole answer of an upstream of each wire, translated and passing. */
    static void answer(byte[] input) {
        for (Wire wire : Wires.all()) {
            try {
                var answer = wire.surface().decode(input.clone(), wire.target(false));
                for (Wire to : Wires.all()) {
                    size(to.protocol().encode(answer, to.reply(false)).length, input);
                    written(ResponseEvents.of(answer), to, input);
                }
            } catch (Refusal refused) {
                // a failure of the upstream
            }
            size(
                    wire.surface()
                            .passthroughAnswer(input.clone(), wire.reply(false), wire.target(false))
                            .body()
                            .length,
                    input);
        }
    }

    /** A stream of an upstream of each wire, translated. */
    static void stream(byte[] input) {
        for (Wire wire : Wires.all()) {
            var order = new EventOrder();
            StreamDecoder decoder = wire.surface().streamDecoder(wire.target(true));
            events(input, (name, bytes, from, to, dataFrom, dataTo) -> {
                decoder.event(name, bytes, dataFrom, dataTo, order);
                return true;
            });
            decoder.end(order);
            if (order.isFinished() == order.isFailed()) {
                throw new AssertionError("an answer ends once: " + order.events());
            }
            Wires.all().forEach(to -> written(order.events(), to, input));
            assembled(order.events());
        }
    }

    private static void written(List<ChatEvent> events, Wire to, byte[] input) {
        StreamEncoder encoder = to.protocol().streamEncoder(to.reply(true));
        var out = new ByteSink(256);
        boolean failed = false;
        for (ChatEvent event : events) {
            encoder.encode(event, out);
            failed |= event instanceof ChatEvent.Failed;
        }
        if (!failed) {
            encoder.end(out);
        }
        size(out.size() / Math.max(1, events.size()), input);
    }

    private static void assembled(List<ChatEvent> events) {
        var assembly = new ResponseAssembly();
        events.forEach(assembly::accept);
        try {
            assembly.response();
        } catch (Refusal refused) {
            // it failed and says so
        }
    }

    /** A stream of an upstream of each wire, passing. */
    static void tap(byte[] input) {
        for (Wire wire : Wires.all()) {
            PassthroughStream tap = wire.surface().passthroughStream(wire.reply(true), wire.target(true));
            var out = new ByteSink(256);
            var told = new ArrayList<Failure>();
            events(input, (name, bytes, from, to, dataFrom, dataTo) -> {
                add(told, tap.event(bytes, from, to, dataFrom, dataTo, out));
                return told.isEmpty();
            });
            if (told.isEmpty()) {
                add(told, tap.end(out));
            }
            if (told.isEmpty() && !tap.complete()) {
                throw new AssertionError("neither whole nor failed: " + out);
            }
            told.forEach(failure -> tap.fail(failure, out));
            size(out.size(), input);
        }
    }

    private static void add(List<Failure> told, @Nullable Failure failure) {
        if (failure != null) {
            told.add(failure);
        }
    }

    /** The events of a stream, whatever the size of the reads: the same ones. */
    static void events(byte[] input) {
        List<String> whole = names(input, Integer.MAX_VALUE);
        for (int step : new int[] {1, 3, 64}) {
            if (!names(input, step).equals(whole)) {
                throw new AssertionError("other events in steps of " + step);
            }
        }
    }

    private static List<String> names(byte[] input, int step) {
        var names = new ArrayList<String>();
        read(input, step, (name, bytes, from, to, dataFrom, dataTo) -> {
            names.add(name + "|" + new String(bytes, dataFrom, dataTo - dataFrom, StandardCharsets.ISO_8859_1));
            return true;
        });
        return names;
    }

    private static void events(byte[] input, SseReader.Handler handler) {
        read(input, Integer.MAX_VALUE, handler);
    }

    private static void read(byte[] input, int step, SseReader.Handler handler) {
        var source = new ByteArrayInputStream(input) {
            @Override
            public synchronized int read(byte[] target, int from, int length) {
                return super.read(target, from, Math.min(length, step));
            }
        };
        var reader = new SseReader(source, MAX_EVENT);
        try {
            boolean goOn = true;
            while (goOn) {
                goOn = reader.read(handler);
            }
        } catch (SseReader.EventTooLarge told) {
            // the one thing it may say
        } catch (IOException e) {
            throw new AssertionError("a reader of bytes in memory failed", e);
        }
    }

    private static void size(int bytes, byte[] input) {
        if (bytes > FIXED + FACTOR * input.length) {
            throw new AssertionError(bytes + " bytes out of " + input.length);
        }
    }
}
