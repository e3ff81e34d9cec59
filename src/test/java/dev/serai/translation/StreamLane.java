package dev.serai.translation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.message.ChatEvent;
import dev.serai.message.Failure;
import dev.serai.message.Refusal;
import dev.serai.protocol.PassthroughStream;
import dev.serai.protocol.StreamDecoder;
import dev.serai.protocol.StreamEncoder;
import dev.serai.protocol.ToolDisguise;
import dev.serai.stream.ByteSink;
import dev.serai.stream.SseReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An upstream's stream on its way to the caller. A failure before any content is a {@link Refusal}, as it can still be told by a status. */
abstract class StreamLane {

    private static final int MAX_EVENT = 1024 * 1024;

    final ByteSink out = new ByteSink(1024);
    private @Nullable Failure failure;
    private boolean over;

    abstract @Nullable Failure event(String name, byte[] bytes, int from, int to, int dataFrom, int dataTo);

    abstract @Nullable Failure end();

    abstract void fail(Failure failure);

    abstract boolean content();

    abstract boolean complete();

    static StreamLane translated(StreamDecoder decoder, StreamEncoder encoder, ToolDisguise disguise) {
        return new Translated(decoder, encoder, disguise);
    }

    static StreamLane passing(PassthroughStream tap) {
        return new Passing(tap);
    }

    /** @param stream a list of events' data, or raw text of server-sent events */
    String play(JsonNode stream) {
        var reader = new SseReader(new ByteArrayInputStream(wire(stream).getBytes(UTF_8)), MAX_EVENT);
        try {
            while (!over && reader.read(this::handle)) {
                // the next read
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!over) {
            failure = end();
        }
        if (failure != null) {
            if (!content()) {
                throw new Refusal(failure);
            }
            fail(failure);
        }
        return out.toString();
    }

    private boolean handle(String name, byte[] bytes, int from, int to, int dataFrom, int dataTo) {
        failure = event(name, bytes, from, to, dataFrom, dataTo);
        over = failure != null;
        if (!over && complete()) {
            failure = end();
            over = true;
        }
        return !over;
    }

    private static String wire(JsonNode stream) {
        if (stream.isTextual()) {
            return stream.textValue();
        }
        var wire = new StringBuilder();
        for (JsonNode event : stream) {
            if (event.path("type").isTextual()) {
                wire.append("event: ").append(event.path("type").textValue()).append('\n');
            }
            String data = event.isTextual() ? event.textValue() : event.toString();
            wire.append("data: ").append(data).append("\n\n");
        }
        return wire.toString();
    }

    private static final class Translated extends StreamLane {

        private final StreamDecoder decoder;
        private final StreamEncoder encoder;
        private final Consumer<ChatEvent> events;
        private @Nullable Failure told;
        private boolean content;
        private boolean sentinel;

        Translated(StreamDecoder decoder, StreamEncoder encoder, ToolDisguise disguise) {
            this.decoder = decoder;
            this.encoder = encoder;
            this.events = disguise.revealing(this::pass);
        }

        private void pass(ChatEvent event) {
            if (event instanceof ChatEvent.Failed failed) {
                told = failed.failure();
            } else {
                content |= event.isContent();
                encoder.encode(event, out);
            }
        }

        @Override
        @Nullable
        Failure event(String name, byte[] bytes, int from, int to, int dataFrom, int dataTo) {
            sentinel = new String(bytes, dataFrom, dataTo - dataFrom, UTF_8).equals("[DONE]");
            decoder.event(name, bytes, dataFrom, dataTo, events);
            return told;
        }

        @Override
        @Nullable
        Failure end() {
            decoder.end(events);
            if (told == null) {
                encoder.end(out);
            }
            return told;
        }

        @Override
        void fail(Failure failure) {
            encoder.encode(new ChatEvent.Failed(failure), out);
        }

        @Override
        boolean content() {
            return content;
        }

        @Override
        boolean complete() {
            return sentinel || decoder.complete();
        }
    }

    private static final class Passing extends StreamLane {

        private final PassthroughStream tap;

        Passing(PassthroughStream tap) {
            this.tap = tap;
        }

        @Override
        @Nullable
        Failure event(String name, byte[] bytes, int from, int to, int dataFrom, int dataTo) {
            return tap.event(bytes, from, to, dataFrom, dataTo, out);
        }

        @Override
        @Nullable
        Failure end() {
            return tap.end(out);
        }

        @Override
        void fail(Failure failure) {
            tap.fail(failure, out);
        }

        @Override
        boolean content() {
            return tap.contentSeen();
        }

        @Override
        boolean complete() {
            return tap.complete();
        }
    }
}
