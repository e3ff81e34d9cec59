package dev.serai.protocol.openairesponses;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.message.ChatEvent;
import dev.serai.message.ChatRequest;
import dev.serai.protocol.Reply;
import dev.serai.protocol.Target;
import dev.serai.protocol.openaichat.Wire;
import dev.serai.testkit.FakeHead;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** The protocol and the surface under test, and their golden files. */
final class ResponsesWire {

    static final Target TARGET = Wire.TARGET;
    static final Target STRICT = new Target("demo-1", false, null, Wire.TARGET.customParams(), null, true);
    static final Reply REPLY = new Reply("req_demo", "demo-1", true, true);

    /** Two seconds after the answers of the golden cases have begun. */
    static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_764_000_002L), ZoneOffset.UTC);

    static final OpenAiResponsesProtocol PROTOCOL = new OpenAiResponsesProtocol(CLOCK);
    static final OpenAiResponsesSurface SURFACE = new OpenAiResponsesSurface();

    private ResponsesWire() {}

    static byte[] bytes(String file) {
        return Wire.bytes("openai-responses/" + file);
    }

    static String text(String file) {
        return new String(bytes(file), UTF_8);
    }

    /** A request with these members besides its model. */
    static String body(String members) {
        return "{\"model\":\"demo-1\"," + members + "}";
    }

    static ChatRequest decode(String body) {
        return PROTOCOL.decode(PROTOCOL.read(body.getBytes(UTF_8), FakeHead.NONE));
    }

    static ChatRequest items(String... items) {
        return decode(body("\"input\":[" + String.join(",", items) + "]"));
    }

    /** A reply to this request. */
    static Reply reply(byte[] request) {
        var envelope = PROTOCOL.read(request, FakeHead.NONE);
        return new Reply("req_demo", "demo-1", true, true, Map.of(), PROTOCOL.echo(envelope));
    }

    static JsonNode encoded(ChatRequest request) {
        return Wire.json(SURFACE.encode(request, TARGET).bytes());
    }

    /** The data of the events of a streamed answer. */
    static List<JsonNode> stream(Reply reply, ChatEvent... events) {
        return data(Wire.encode(PROTOCOL.streamEncoder(reply), List.of(events)));
    }

    static List<JsonNode> data(String stream) {
        return Wire.data(stream).stream().map(Wire::json).toList();
    }

    static List<String> types(List<JsonNode> events) {
        return events.stream().map(event -> event.path("type").asText()).toList();
    }

    /** The description wants ids where the API does not. */
    static JsonNode withIds(JsonNode request) {
        JsonNode copy = request.deepCopy();
        for (JsonNode item : copy.path("input")) {
            boolean assistant = item.path("role").asText().equals("assistant");
            if (assistant || item.path("type").asText().equals("reasoning")) {
                ((ObjectNode) item).put("id", "x_1");
            }
        }
        return copy;
    }
}
