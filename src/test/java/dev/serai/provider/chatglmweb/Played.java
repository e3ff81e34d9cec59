package dev.serai.provider.chatglmweb;

import dev.serai.message.ChatEvent;
import dev.serai.message.ChatRequest;
import dev.serai.message.Message;
import dev.serai.message.Role;
import dev.serai.message.ToolDef;
import dev.serai.protocol.StreamDecoder;
import dev.serai.stream.SseReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What becomes of frames: those of a file, or ones that a test writes. */
record Played(List<ChatEvent> events) {

    private static final int MAX_EVENT = 1 << 20;

    static Turn turn(String model, String... tools) {
        var request = ChatRequest.builder(model)
                .messages(List.of(Message.of(Role.USER, "Hello")))
                .tools(Arrays.stream(tools)
                        .map(name -> (ToolDef) new ToolDef.FunctionTool(name, null, null, null, null))
                        .toList())
                .build();
        return Turn.of(request, model);
    }

    static FramesDecoder decoder(Turn turn, FrameStyle style, boolean whole) {
        return new FramesDecoder(turn, style, whole, frame -> ChatglmFailures.failure(Fault.of(frame)));
    }

    static Played file(String name, boolean whole) {
        return file(name, decoder(turn("glm"), FrameStyle.AUTO, whole), MAX_EVENT);
    }

    /** @param step how many bytes come at once */
    static Played file(String name, StreamDecoder decoder, int step) {
        try (InputStream file = Played.class.getResourceAsStream("/wire/chatglm-web/" + name + ".sse")) {
            return play(file == null ? new byte[0] : file.readAllBytes(), decoder, step);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static Played frames(StreamDecoder decoder, String... frames) {
        String stream = Arrays.stream(frames).map(it -> "data:" + it + "\n\n").collect(Collectors.joining());
        return play(stream.getBytes(StandardCharsets.UTF_8), decoder, MAX_EVENT);
    }

    private static Played play(byte[] bytes, StreamDecoder decoder, int step) throws IllegalStateException {
        var events = new ArrayList<ChatEvent>();
        var reader = new SseReader(new Steps(bytes, step), MAX_EVENT);
        try {
            while (reader.read((name, buffer, from, to, dataFrom, dataTo) -> {
                decoder.event(name, buffer, dataFrom, dataTo, events::add);
                return true;
            })) {
                // the next bytes
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        decoder.end(events::add);
        return new Played(events);
    }

    /** A part of one text in a frame that does not end the answer. */
    static String text(String logic, String text, String status) {
        return frame(
                "\"init\"",
                "{\"logic_id\":\"" + logic + "\",\"status\":\"" + status
                        + "\",\"content\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}");
    }

    static String frame(String status, String parts) {
        return "{\"id\":\"h1\",\"conversation_id\":\"66f0a1b2c3d4e5f601234567\",\"parts\":[" + parts + "],\"status\":"
                + status + ",\"last_error\":{}}";
    }

    static final String FINISH = frame("\"finish\"", "");

    String text() {
        return events.stream()
                .map(event -> event instanceof ChatEvent.TextDelta delta ? delta.text() : "")
                .collect(Collectors.joining());
    }

    String reasoning() {
        return events.stream()
                .map(event -> event instanceof ChatEvent.ReasoningDelta delta ? delta.text() : "")
                .collect(Collectors.joining());
    }

    List<String> calls() {
        var calls = new ArrayList<String>();
        events.forEach(event -> {
            if (event instanceof ChatEvent.ToolCallStart start) {
                calls.add(start.name());
            } else if (event instanceof ChatEvent.ToolCallArgsDelta delta) {
                calls.add(delta.fragment());
            }
        });
        return calls;
    }

    ChatEvent last() {
        return events.getLast();
    }

    private static final class Steps extends ByteArrayInputStream {
        private final int step;

        Steps(byte[] bytes, int step) {
            super(bytes);
            this.step = step;
        }

        @Override
        public synchronized int read(byte[] into, int from, int length) {
            return super.read(into, from, Math.min(length, step));
        }
    }
}
