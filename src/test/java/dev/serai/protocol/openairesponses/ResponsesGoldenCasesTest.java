package dev.serai.protocol.openairesponses;

import static dev.serai.protocol.openairesponses.ResponsesWire.PROTOCOL;
import static dev.serai.protocol.openairesponses.ResponsesWire.SURFACE;
import static dev.serai.protocol.openairesponses.ResponsesWire.TARGET;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.message.CacheHint;
import dev.serai.message.CanonicalFixture;
import dev.serai.message.ChatEvent;
import dev.serai.message.ChatEvent.Finished;
import dev.serai.message.ChatEvent.ReasoningDelta;
import dev.serai.message.ChatRequest;
import dev.serai.message.ChatResponse;
import dev.serai.message.Extensions;
import dev.serai.message.Finish;
import dev.serai.message.Message;
import dev.serai.message.Part;
import dev.serai.message.ReasoningForm;
import dev.serai.message.ResponseAssembly;
import dev.serai.message.Sampling;
import dev.serai.message.SystemBlock;
import dev.serai.protocol.Reply;
import dev.serai.protocol.Target;
import dev.serai.protocol.openaichat.Schemas;
import dev.serai.protocol.openaichat.Wire;
import dev.serai.testkit.FakeHead;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden cases, both directions: a request, an answer, a stream and their canonical form. */
class ResponsesGoldenCasesTest {

    /** What these cases lose on the way to this wire. */
    private static final Map<String, List<String>> LOSSES = Map.of(
            "11-reasoning-replay", List.of("messages.reasoning"),
            "16-stop-sequence", List.of("stop"));

    static Stream<String> cases() {
        return Stream.of(
                "01-plain-text",
                "02-multi-turn-sampling",
                "03-tool-call",
                "04-tool-result",
                "05-parallel-tool-calls",
                "06-parallel-tool-results",
                "07-empty-args-call",
                "08-forced-tool-no-parallel",
                "09-reasoning",
                "10-reasoning-tool-call",
                "11-reasoning-replay",
                "12-image-input",
                "13-document-input",
                "14-structured-output",
                "15-max-tokens",
                "16-stop-sequence",
                "17-content-filter",
                "18-refusal",
                "19-prompt-caching");
    }

    @Test
    void theDescriptionOfTheWireFindsWhatIsWrong() {
        assertThat(Schemas.openAiResponses("CreateResponse", Wire.json("{\"input\":[{\"type\":\"function_call\"}]}")))
                .isNotEmpty();
        assertThat(Schemas.openAiResponses("CreateResponse", Wire.json("{\"max_output_tokens\":3}")))
                .isNotEmpty();
        assertThat(Schemas.openAiResponses("Response", Wire.json("{\"id\":\"r\"}")))
                .isNotEmpty();
        assertThat(Schemas.openAiResponses(
                        "ResponseStreamEvent", Wire.json("{\"type\":\"response.output_text.delta\"}")))
                .isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void requestIsDecoded(String name) throws IOException {
        var envelope = PROTOCOL.read(bytes(name, "request.json"), FakeHead.NONE);
        assertThat(envelope.model()).isEqualTo("demo-1");
        ChatRequest decoded = PROTOCOL.decode(envelope);
        assertThat(decoded.extensions().unmapped()).isEmpty();
        assertThat(decoded.store()).isFalse();
        assertThat(decoded.toBuilder().extensions(Extensions.NONE).store(null).build())
                .isEqualTo(asResponsesCanSay(fixture(name).request()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void requestIsEncoded(String name) throws IOException {
        var encoded = SURFACE.encode(fixture(name).request(), TARGET);
        assertThat(encoded.dropped()).isEqualTo(LOSSES.getOrDefault(name, List.of()));
        JsonNode body = Wire.json(encoded.bytes());
        assertThat(body).isEqualTo(asUpstreamGetsIt(json(name, "request.json")));
        assertThat(Schemas.openAiResponses("CreateResponse", ResponsesWire.withIds(body)))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void streamedRequestSaysNoMore(String name) throws IOException {
        var target = new Target("demo-1", true, null, TARGET.customParams(), null, false);
        var body = (ObjectNode)
                Wire.json(SURFACE.encode(fixture(name).request(), target).bytes());
        assertThat(body.remove("stream").asBoolean()).isTrue();
        assertThat(body).isEqualTo(asUpstreamGetsIt(json(name, "request.json")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void answerIsDecoded(String name) throws IOException {
        assertThat(plain(SURFACE.decode(bytes(name, "response.json"), TARGET)))
                .isEqualTo(plain(fixture(name).response()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void answerIsEncoded(String name) throws IOException {
        JsonNode body = Wire.json(PROTOCOL.encode(fixture(name).response(), reply(name)));
        assertThat(body).isEqualTo(json(name, "response.json"));
        assertThat(Schemas.openAiResponses("Response", body)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void streamIsDecodedEventForEvent(String name) throws IOException {
        List<ChatEvent> events = Wire.decode(SURFACE.streamDecoder(TARGET), stream(name));
        assertThat(plain(events)).isEqualTo(plain(fixture(name).events()));
        var assembly = new ResponseAssembly();
        events.forEach(assembly::accept);
        assertThat(plain(assembly.response())).isEqualTo(plain(fixture(name).response()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void streamIsEncodedEventForEvent(String name) throws IOException {
        String wire =
                Wire.encode(PROTOCOL.streamEncoder(reply(name)), fixture(name).events());
        List<JsonNode> events = ResponsesWire.data(wire);
        assertThat(events).isEqualTo(ResponsesWire.data(stream(name)));
        assertThat(Wire.events(wire))
                .allSatisfy(event -> assertThat(event)
                        .startsWith("event: "
                                + Wire.json(Wire.data(event).getFirst())
                                        .path("type")
                                        .asText()
                                + "\ndata: {"));
        for (JsonNode event : events) {
            assertThat(Schemas.openAiResponses("ResponseStreamEvent", event)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void streamPassesByteForByte(String name) {
        var tap = SURFACE.passthroughStream(ResponsesWire.REPLY, TARGET);
        var tapped = Wire.tap(tap, stream(name));
        assertThat(tapped.failure()).isNull();
        assertThat(tapped.out()).isEqualTo(String.join("", Wire.events(stream(name))));
        assertThat(tap.complete()).isTrue();
        assertThat(tap.contentSeen()).isTrue();
        assertThat(tap.usage()).isNotNull();
    }

    private static CanonicalFixture fixture(String name) throws IOException {
        return CanonicalFixture.read("/wire/openai-responses/cases/" + name + "/canonical.json");
    }

    private static byte[] bytes(String name, String file) {
        return ResponsesWire.bytes("cases/" + name + "/" + file);
    }

    private static JsonNode json(String name, String file) {
        return Wire.json(bytes(name, file));
    }

    private static String stream(String name) {
        return ResponsesWire.text("cases/" + name + "/stream.txt");
    }

    private static Reply reply(String name) {
        return ResponsesWire.reply(bytes(name, "request.json"));
    }

    /** Without the items' ids, which are of another server, and without reasoning that another protocol has sealed. */
    private static JsonNode asUpstreamGetsIt(JsonNode request) {
        var items = (ArrayNode) request.path("input");
        for (int i = items.size() - 1; i >= 0; i--) {
            ((ObjectNode) items.get(i)).remove("id");
            if (items.get(i).path("type").asText().equals("reasoning")) {
                items.remove(i);
            }
        }
        return request;
    }

    /** Responses has no error flag for outputs, no stop sequences and no shortest cache time. */
    private static ChatRequest asResponsesCanSay(ChatRequest request) {
        Sampling asked = request.sampling();
        var sampling = new Sampling(
                asked.temperature(), asked.topP(), null, null, null, null, List.of(), null, null, null, Map.of());
        return request.toBuilder()
                .sampling(sampling)
                .system(request.system().stream()
                        .map(block -> block.cache() == null
                                ? block
                                : new SystemBlock(block.text(), new CacheHint(null), block.role()))
                        .toList())
                .messages(request.messages().stream()
                        .map(message -> Message.of(
                                message.role(),
                                message.parts().stream()
                                        .map(ResponsesGoldenCasesTest::withoutErrorFlag)
                                        .toList()))
                        .toList())
                .build();
    }

    private static Part withoutErrorFlag(Part part) {
        return part instanceof Part.ToolResult it
                ? new Part.ToolResult(it.callId(), it.name(), it.content(), false, null)
                : part;
    }

    private static ChatResponse plain(ChatResponse it) {
        return ChatResponse.of(
                it.id(),
                it.model(),
                it.created(),
                it.parts().stream().map(ResponsesGoldenCasesTest::plain).toList(),
                plain(it.finish()),
                it.usage());
    }

    /** On this wire reasoning is shown in summaries. */
    private static Part plain(Part part) {
        return part instanceof Part.Reasoning it
                ? new Part.Reasoning(it.text(), ReasoningForm.SUMMARY, it.signature())
                : part;
    }

    /** Only Anthropic tells which stop sequence was hit. */
    private static Finish plain(Finish finish) {
        return Finish.of(finish.reason() == Finish.Reason.STOP_SEQUENCE ? Finish.Reason.STOP : finish.reason());
    }

    private static List<ChatEvent> plain(List<ChatEvent> events) {
        return events.stream().map(ResponsesGoldenCasesTest::plain).toList();
    }

    private static ChatEvent plain(ChatEvent event) {
        if (event instanceof Finished it) {
            return new Finished(plain(it.finish()));
        }
        return event instanceof ReasoningDelta it
                ? new ReasoningDelta(it.index(), it.text(), ReasoningForm.SUMMARY)
                : event;
    }
}
