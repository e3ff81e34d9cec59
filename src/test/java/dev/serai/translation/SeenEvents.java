package dev.serai.translation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.serai.json.Json;
import dev.serai.message.ChatEvent;
import dev.serai.message.ChatResponse;
import dev.serai.message.ResponseAssembly;
import dev.serai.protocol.Protocol;
import dev.serai.protocol.Surface;
import dev.serai.protocol.Target;
import dev.serai.stream.SseReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;

/** What a streaming caller sees. */
final class SeenEvents {

    private static final int MAX_EVENT = 1024 * 1024;
    /** Protocols whose clients go by the event's name, which must be its type. */
    private static final Set<String> NAMED = Set.of("anthropic-messages", "openai-responses");

    private SeenEvents() {}

    /** The data of each event; the elements of a stream that is one JSON array. */
    static ArrayNode of(String wire, Protocol protocol) {
        if (wire.startsWith("[")) {
            return (ArrayNode) Passage.json(wire.getBytes(UTF_8));
        }
        ArrayNode seen = Json.array();
        read(wire, (name, bytes, from, to, dataFrom, dataTo) -> {
            String data = new String(bytes, dataFrom, dataTo - dataFrom, UTF_8);
            JsonNode event = data.equals("[DONE]") ? seen.textNode(data) : Passage.json(data.getBytes(UTF_8));
            String expected =
                    NAMED.contains(protocol.name()) ? event.path("type").asText() : "";
            assertThat(name).as("the name of %s", data).isEqualTo(expected);
            seen.add(event);
            return true;
        });
        return seen;
    }

    /** Those of {@code expected} that are not among {@code seen} in this order. */
    static List<String> missing(JsonNode expected, ArrayNode seen, Likeness likeness) {
        int at = 0;
        for (JsonNode wanted : expected) {
            while (at < seen.size()
                    && !likeness.differences(wanted, seen.get(at)).isEmpty()) {
                at++;
            }
            if (at++ >= seen.size()) {
                return List.of(wanted.toString());
            }
        }
        return List.of();
    }

    /** The answer that the stream makes in the end, as a client of the protocol puts it together. */
    static ChatResponse accumulated(String wire, Surface surface, Target target) {
        var assembly = new ResponseAssembly();
        var decoder = surface.streamDecoder(target);
        read(wire, (name, bytes, from, to, dataFrom, dataTo) -> {
            decoder.event(name, bytes, dataFrom, dataTo, assembly::accept);
            return true;
        });
        decoder.end((ChatEvent event) -> assembly.accept(event));
        return assembly.response();
    }

    private static void read(String wire, SseReader.Handler handler) {
        var reader = new SseReader(new ByteArrayInputStream(wire.getBytes(UTF_8)), MAX_EVENT);
        try {
            while (reader.read(handler)) {
                // the next read
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
