package dev.serai.protocol.openaichat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.json.Json;
import dev.serai.message.ChatEvent;
import dev.serai.message.Failure;
import dev.serai.protocol.PassthroughStream;
import dev.serai.protocol.Reply;
import dev.serai.protocol.StreamDecoder;
import dev.serai.protocol.StreamEncoder;
import dev.serai.protocol.Target;
import dev.serai.stream.ByteSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Golden files, and streams fed event by event. */
public final class Wire {

    public static final Reply REPLY = new Reply("req_demo", "demo-1", true, true);
    public static final Target TARGET = new Target("demo-1", false, null, Json.object(), null, false);
    public static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_764_000_000L), ZoneOffset.UTC);
    public static final OpenAiChatProtocol PROTOCOL = new OpenAiChatProtocol(CLOCK);

    private static final ObjectMapper JSON = new ObjectMapper();

    private Wire() {}

    public static byte[] bytes(String resource) {
        try (var in = Objects.requireNonNull(Wire.class.getResourceAsStream("/wire/" + resource), resource)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static JsonNode json(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static JsonNode json(String text) {
        return json(text.getBytes(UTF_8));
    }

    /** The events of a stream with their blank lines. */
    public static List<String> events(String stream) {
        var events = new ArrayList<String>();
        for (String event : stream.split("(?<=\n\n)|(?<=\r\n\r\n)")) {
            if (!event.isBlank()) {
                events.add(event);
            }
        }
        return events;
    }

    /** The data of each event. */
    public static List<String> data(String stream) {
        return events(stream).stream()
                .filter(event -> event.contains("data:"))
                .map(event -> event.substring(event.indexOf("data:") + 5).strip())
                .toList();
    }

    public static List<ChatEvent> decode(StreamDecoder decoder, String stream) {
        var events = new ArrayList<ChatEvent>();
        for (String data : data(stream)) {
            byte[] bytes = ("##" + data + "##").getBytes(UTF_8);
            decoder.event("", bytes, 2, bytes.length - 2, events::add);
        }
        decoder.end(events::add);
        return events;
    }

    public static String encode(StreamEncoder encoder, List<ChatEvent> events) {
        var out = new ByteSink(256);
        events.forEach(event -> encoder.encode(event, out));
        encoder.end(out);
        return out.toString();
    }

    /** Feeds a stream to a tap; the failure ends it. */
    public static Tapped tap(PassthroughStream tap, String stream) {
        var out = new ByteSink(256);
        for (String event : events(stream)) {
            byte[] bytes = ("##" + event + "##").getBytes(UTF_8);
            int to = bytes.length - 2;
            int data = event.indexOf("data:");
            int from = data < 0 ? to : 2 + event.substring(0, data).getBytes(UTF_8).length + 5;
            while (from < to && bytes[from] == ' ') {
                from++;
            }
            int end = to;
            while (end > from && bytes[end - 1] <= ' ') {
                end--;
            }
            Failure failure = tap.event(bytes, 2, to, from, end, out);
            if (failure != null) {
                return new Tapped(out.toString(), failure);
            }
        }
        return new Tapped(out.toString(), null);
    }

    public record Tapped(String out, @Nullable Failure failure) {}
}
