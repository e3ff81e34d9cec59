package dev.serai.testkit.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Streams as bytes, for comparison with the examples in the descriptions of the wires. */
public final class Examples {

    private static final Path FOLDER = Path.of("src/test/resources/emulator");

    private Examples() {}

    /** The data of an example's events. */
    public static List<JsonNode> example(String wire, String name) {
        try {
            return data(Files.readString(FOLDER.resolve(wire).resolve(name + ".stream.txt"), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The data of all events of a stream; what is no JSON comes as text. */
    public static List<JsonNode> data(String stream) {
        var data = new ArrayList<JsonNode>();
        for (String line : stream.split("\r?\n")) {
            if (line.startsWith("data:")) {
                data.add(tree(line.substring("data:".length()).strip()));
            }
        }
        return data;
    }

    public static List<JsonNode> data(List<SseEvent> events) {
        return events.stream().map(event -> tree(event.data())).toList();
    }

    /** JSON text as a tree. */
    public static JsonNode tree(String text) {
        byte[] bytes = (text.equals("[DONE]") ? "\"[DONE]\"" : text).getBytes(UTF_8);
        try {
            return Json.tree(bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
