package dev.serai.testkit;

import dev.serai.testkit.FakeUpstream.Received;
import dev.serai.testkit.FakeUpstream.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** An upstream of every wire: answers a golden case in the wire that the request's path is of, streamed where one is asked for. */
public final class GoldenUpstream {

    /** The tool that the golden case {@code 03-tool-call} calls. */
    public static final String CALLED = "get_weather";

    /** What stands in its arguments. */
    public static final String ARGUMENT = "Oslo";

    private static final Path WIRE = Path.of("src/test/resources/wire");

    private GoldenUpstream() {}

    /** The wire that a path belongs to. */
    public static String wire(String path) {
        if (path.contains("enerateContent")) {
            return "gemini";
        }
        if (path.contains("/chat/completions")) {
            return "openai-chat";
        }
        return path.contains("/responses") ? "openai-responses" : "anthropic-messages";
    }

    public static boolean streams(Received request) {
        return request.path().contains(":streamGenerateContent")
                || request.body().contains("\"stream\":true");
    }

    public static Script script(String name) {
        return (request, wire) -> {
            Path folder = WIRE.resolve(wire(request.path())).resolve("cases").resolve(name);
            if (streams(request)) {
                wire.send(Scripts.streamHead());
                for (String event : read(folder.resolve("stream.txt")).split("(?<=\n\n)|(?<=\r\n\r\n)")) {
                    wire.chunk(event);
                }
                wire.lastChunk();
            } else {
                Scripts.status(200, read(folder.resolve("response.json"))).play(request, wire);
            }
        };
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
