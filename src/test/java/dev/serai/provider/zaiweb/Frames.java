package dev.serai.provider.zaiweb;

import dev.serai.message.ChatEvent;
import dev.serai.message.ResponseAssembly;
import dev.serai.stream.SseReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Streams of this wire through a decoder of their own. */
final class Frames {

    private Frames() {}

    static String example(String name) {
        try (var in = Objects.requireNonNull(Frames.class.getResourceAsStream("/wire/zai-web/" + name + ".sse"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A frame with these members of {@code data}, quotes written as apostrophes. */
    static String frame(String data) {
        return "data: {\"type\":\"chat:completion\",\"data\":{" + data.replace('\'', '"') + "}}\n\n";
    }

    static AnswerShape shape(boolean thinkTags, String... tools) {
        return new AnswerShape("a1", "glm-4.7", thinkTags, Set.of(tools));
    }

    static List<ChatEvent> decode(String stream, AnswerShape shape, boolean whole) {
        return decode(new ByteArrayInputStream(stream.getBytes(StandardCharsets.UTF_8)), shape, whole);
    }

    static List<ChatEvent> decode(InputStream stream, AnswerShape shape, boolean whole) {
        var events = new ArrayList<ChatEvent>();
        var decoder = new ZaiStreamDecoder(shape, new ZaiFailures(), whole);
        var reader = new SseReader(stream, 1 << 20);
        try {
            boolean more = true;
            while (more) {
                more = reader.read((name, bytes, from, to, dataFrom, dataTo) -> {
                    decoder.event(name, bytes, dataFrom, dataTo, events::add);
                    return true;
                });
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        decoder.end(events::add);
        return events;
    }

    /** The pieces of text as a caller sees them. */
    static List<String> texts(List<ChatEvent> events) {
        return events.stream()
                .filter(ChatEvent.TextDelta.class::isInstance)
                .map(event -> ((ChatEvent.TextDelta) event).text())
                .toList();
    }

    static String reasoning(List<ChatEvent> events) {
        var text = new StringBuilder();
        for (var event : events) {
            if (event instanceof ChatEvent.ReasoningDelta delta) {
                text.append(delta.text());
            }
        }
        return text.toString();
    }

    static ResponseAssembly assembled(List<ChatEvent> events) {
        var assembly = new ResponseAssembly();
        events.forEach(assembly::accept);
        return assembly;
    }
}
