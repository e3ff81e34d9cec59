package dev.serai.protocol.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.message.CanonicalFixture;
import dev.serai.message.ChatEvent;
import dev.serai.message.ChatRequest;
import dev.serai.message.ChatResponse;
import dev.serai.message.Extensions;
import dev.serai.message.Finish;
import dev.serai.message.Message;
import dev.serai.message.Part;
import dev.serai.message.ResponseAssembly;
import dev.serai.message.ResponseFormat;
import dev.serai.message.SystemBlock;
import dev.serai.message.Usage;
import dev.serai.protocol.openaichat.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden cases, both directions: a request, an answer, a stream and their canonical form. */
class GeminiGoldenTest {

    /** What Gemini has no place for. */
    private static final Map<String, List<String>> DROPPED = Map.of(
            "02-multi-turn-sampling", List.of("endUserId"),
            "08-forced-tool-no-parallel", List.of("parallelToolCalls"),
            "11-reasoning-replay", List.of("messages.reasoning"),
            "12-image-input", List.of("messages.image.detail"));

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
        assertThat(GeminiWire.faults("GenerateContentRequest", Wire.json("{\"messages\":[]}")))
                .isNotEmpty();
        assertThat(GeminiWire.faults("GenerateContentResponse", Wire.json("{\"choices\":[]}")))
                .isNotEmpty();
        assertThat(GeminiWire.faults("ErrorResponse", Wire.json("{\"error\":\"x\"}")))
                .isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void requestIsDecoded(String name) throws IOException {
        var envelope = GeminiWire.PROTOCOL.read(bytes(name, "request.json"), GeminiWire.WHOLE);
        assertThat(envelope.model()).isEqualTo("demo-1");
        ChatRequest decoded = GeminiWire.PROTOCOL.decode(envelope);
        assertThat(decoded.extensions().unmapped()).isEmpty();
        assertThat(decoded.toBuilder().extensions(Extensions.NONE).build())
                .isEqualTo(asGeminiCanSay(fixture(name).request()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void requestIsEncoded(String name) throws IOException {
        var encoded = GeminiWire.SURFACE.encode(fixture(name).request(), GeminiWire.target("demo-1"));
        assertThat(encoded.dropped()).isEqualTo(DROPPED.getOrDefault(name, List.of()));
        JsonNode body = Wire.json(encoded.bytes());
        assertThat(body).isEqualTo(asGeminiTakes(name, Wire.json(bytes(name, "request.json"))));
        assertThat(GeminiWire.faults("GenerateContentRequest", body)).isEmpty();
    }

    /** What another provider thought is of no use to Gemini, and its seal would be refused. */
    private static JsonNode asGeminiTakes(String name, JsonNode request) {
        if (name.equals("11-reasoning-replay")) {
            ArrayNode parts = (ArrayNode) request.at("/contents/1/parts");
            parts.remove(0);
            ((ObjectNode) parts.get(0)).put("thoughtSignature", "skip_thought_signature_validator");
        }
        return request;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aThirdGenerationModelGetsASealOnTheFirstCallOfEachStep(String name) throws IOException {
        JsonNode body = GeminiWire.encoded(fixture(name).request(), "gemini-3.1-pro-preview");
        for (JsonNode content : body.path("contents")) {
            boolean first = true;
            for (JsonNode part : content.path("parts")) {
                if (part.has("functionCall")) {
                    assertThat(part.has("thoughtSignature")).isEqualTo(first);
                    first = false;
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void answerIsDecoded(String name) throws IOException {
        var decoded = GeminiWire.SURFACE.decode(bytes(name, "response.json"), GeminiWire.target("demo-1"));
        assertThat(plain(decoded)).isEqualTo(plain(fixture(name).response()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void answerIsEncoded(String name) throws IOException {
        JsonNode body = Wire.json(GeminiWire.PROTOCOL.encode(fixture(name).response(), GeminiWire.REPLY));
        assertThat(body).isEqualTo(Wire.json(bytes(name, "response.json")));
        assertThat(GeminiWire.faults("GenerateContentResponse", body)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void streamIsDecodedEventForEvent(String name) throws IOException {
        List<ChatEvent> events =
                Wire.decode(GeminiWire.SURFACE.streamDecoder(GeminiWire.target("demo-1")), text(name, "stream.txt"));
        assertThat(plain(events)).isEqualTo(plain(fixture(name).events()));
        var assembly = new ResponseAssembly();
        events.forEach(assembly::accept);
        assertThat(plain(assembly.response())).isEqualTo(plain(fixture(name).response()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void streamIsEncodedEventForEvent(String name) throws IOException {
        String wire = Wire.encode(
                GeminiWire.PROTOCOL.streamEncoder(GeminiWire.REPLY),
                fixture(name).events());
        List<JsonNode> chunks = Wire.data(wire).stream().map(Wire::json).toList();
        assertThat(chunks)
                .isEqualTo(Wire.data(text(name, "stream.txt")).stream()
                        .map(Wire::json)
                        .toList());
        assertThat(wire).doesNotContain("event:", "[DONE]", "id:").endsWith("\n\n");
        chunks.forEach(chunk ->
                assertThat(GeminiWire.faults("GenerateContentResponse", chunk)).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void arrayHoldsTheSameObjectsAsTheEvents(String name) throws IOException {
        String wire = Wire.encode(
                GeminiWire.PROTOCOL.streamEncoder(GeminiWire.ARRAY),
                fixture(name).events());
        List<JsonNode> elements = new ArrayList<>();
        Wire.json(wire).forEach(elements::add);
        assertThat(elements)
                .isEqualTo(Wire.data(text(name, "stream.txt")).stream()
                        .map(Wire::json)
                        .toList());
        assertThat(plain(GeminiWire.SURFACE.decode(wire.getBytes(UTF_8), GeminiWire.target("demo-1"))))
                .isEqualTo(plain(fixture(name).response()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void streamPassesByteForByte(String name) {
        var tap = GeminiWire.SURFACE.passthroughStream(GeminiWire.REPLY, GeminiWire.target("demo-1"));
        String stream = text(name, "stream.txt");
        var tapped = Wire.tap(tap, stream);
        assertThat(tapped.failure()).isNull();
        assertThat(tapped.out()).isEqualTo(String.join("", Wire.events(stream)));
        assertThat(tap.mayBreakOff()).isTrue();
        assertThat(tap.contentSeen()).isTrue();
        assertThat(tap.usage()).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void answerPassesByteForByte(String name) throws IOException {
        byte[] body = bytes(name, "response.json");
        var passed = GeminiWire.SURFACE.passthroughAnswer(body, GeminiWire.REPLY, GeminiWire.target("demo-1"));
        assertThat(passed.body()).isEqualTo(body);
        assertThat(passed.failure()).isNull();
        assertThat(passed.usage())
                .isEqualTo(withoutWrites(fixture(name).response().usage()));
        assertThat(Objects.requireNonNull(passed.finish()).reason())
                .isEqualTo(plain(fixture(name).response().finish()).reason());
    }

    private static CanonicalFixture fixture(String name) throws IOException {
        return CanonicalFixture.read("/wire/gemini/cases/" + name + "/canonical.json");
    }

    private static byte[] bytes(String name, String file) {
        return Wire.bytes("gemini/cases/" + name + "/" + file);
    }

    private static String text(String name, String file) {
        return new String(bytes(name, file), UTF_8);
    }

    /** Gemini has no cache hints, no end user, no image detail, no switch for parallel calls and no name of a schema. */
    private static ChatRequest asGeminiCanSay(ChatRequest request) {
        return request.toBuilder()
                .system(request.system().stream()
                        .map(block -> new SystemBlock(block.text(), null, block.role()))
                        .toList())
                .messages(request.messages().stream()
                        .map(message -> Message.of(
                                message.role(),
                                message.parts().stream()
                                        .map(GeminiGoldenTest::withoutDetail)
                                        .toList()))
                        .toList())
                .endUserId(null)
                .parallelToolCalls(null)
                .responseFormat(
                        request.responseFormat() instanceof ResponseFormat.JsonSchema it
                                ? new ResponseFormat.JsonSchema(null, null, it.schema(), null)
                                : null)
                .build();
    }

    private static Part withoutDetail(Part part) {
        if (part instanceof Part.Document it) {
            return new Part.Document(it.source(), null, null, null, null, null);
        }
        return part instanceof Part.Image it ? new Part.Image(it.source(), null, null) : part;
    }

    /** A refusal comes back as text, no time and no written cache are told. */
    private static ChatResponse plain(ChatResponse it) {
        List<Part> parts = it.parts().stream()
                .map(part -> part instanceof Part.RefusalText refusal ? new Part.Text(refusal.text()) : part)
                .toList();
        return ChatResponse.of(it.id(), it.model(), 0, parts, plain(it.finish()), withoutWrites(it.usage()));
    }

    private static @Nullable Usage withoutWrites(@Nullable Usage it) {
        return it == null
                ? null
                : new Usage(
                        it.inputTokens(), it.cachedInputTokens(), 0, it.outputTokens(), it.reasoningTokens(), false);
    }

    private static Finish plain(Finish finish) {
        return Finish.of(
                switch (finish.reason()) {
                    case STOP_SEQUENCE -> Finish.Reason.STOP;
                    case REFUSAL -> Finish.Reason.CONTENT_FILTER;
                    default -> finish.reason();
                });
    }

    /** A call's arguments come whole. */
    private static List<ChatEvent> plain(List<ChatEvent> events) {
        var plain = new ArrayList<ChatEvent>();
        for (ChatEvent event : events) {
            if (event instanceof ChatEvent.ToolCallArgsDelta more
                    && plain.getLast() instanceof ChatEvent.ToolCallArgsDelta before) {
                plain.removeLast();
                plain.add(new ChatEvent.ToolCallArgsDelta(more.index(), before.fragment() + more.fragment()));
            } else {
                plain.add(plain(event));
            }
        }
        return plain;
    }

    private static ChatEvent plain(ChatEvent event) {
        if (event instanceof ChatEvent.Start it) {
            return new ChatEvent.Start(it.id(), it.model(), 0);
        }
        if (event instanceof ChatEvent.RefusalDelta it) {
            return new ChatEvent.TextDelta(it.index(), it.text());
        }
        if (event instanceof ChatEvent.UsageReport it) {
            return new ChatEvent.UsageReport(Objects.requireNonNull(withoutWrites(it.usage())));
        }
        return event instanceof ChatEvent.Finished it ? new ChatEvent.Finished(plain(it.finish())) : event;
    }
}
