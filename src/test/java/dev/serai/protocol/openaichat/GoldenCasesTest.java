package dev.serai.protocol.openaichat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.message.CacheHint;
import dev.serai.message.CanonicalFixture;
import dev.serai.message.ChatEvent;
import dev.serai.message.ChatEvent.Finished;
import dev.serai.message.ChatEvent.ToolCallEnd;
import dev.serai.message.ChatRequest;
import dev.serai.message.ChatResponse;
import dev.serai.message.Extensions;
import dev.serai.message.Finish;
import dev.serai.message.Message;
import dev.serai.message.Part;
import dev.serai.message.ResponseAssembly;
import dev.serai.message.SystemBlock;
import dev.serai.protocol.Reply;
import dev.serai.protocol.Target;
import dev.serai.testkit.FakeHead;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden cases, both directions: a request, an answer, a stream and their canonical form. */
class GoldenCasesTest {

    private static final OpenAiChatSurface SURFACE = new OpenAiChatSurface();

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
    void theDescriptionsOfTheWireFindWhatIsWrong() {
        JsonNode body = Wire.json("{\"model\":\"m\",\"messages\":[{\"role\":\"tool\",\"content\":7}]}");
        assertThat(Schemas.openAi("CreateChatCompletionRequest", body)).isNotEmpty();
        assertThat(Schemas.zhipu("ChatCompletionTextRequest", body)).isNotEmpty();
        assertThat(Schemas.openAi("CreateChatCompletionStreamResponse", Wire.json("{\"choices\":[{}]}")))
                .isNotEmpty();
        assertThat(Schemas.openAi("CreateChatCompletionResponse", Wire.json("{}")))
                .isNotEmpty();
        assertThat(Schemas.openAi("ErrorResponse", Wire.json("{\"error\":\"x\"}")))
                .isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void requestIsDecoded(String name) throws IOException {
        byte[] body = Wire.bytes("openai-chat/cases/" + name + "/request.json");
        var envelope = Wire.PROTOCOL.read(body, FakeHead.NONE);
        assertThat(envelope.model()).isEqualTo("demo-1");
        ChatRequest decoded = Wire.PROTOCOL.decode(envelope);
        assertThat(decoded.extensions().unmapped()).isEmpty();
        assertThat(decoded.toBuilder().extensions(Extensions.NONE).build())
                .isEqualTo(asChatCanSay(fixture(name).request()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void requestIsEncoded(String name) throws IOException {
        var encoded = SURFACE.encode(fixture(name).request(), Wire.TARGET);
        assertThat(encoded.dropped()).isEmpty();
        JsonNode body = Wire.json(encoded.bytes());
        assertThat(body).isEqualTo(withoutForeignSeals(wire(name, "request.json")));
        assertThat(Schemas.openAi("CreateChatCompletionRequest", body)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void streamedRequestAsksForUsage(String name) throws IOException {
        var target = new Target("demo-1", true, null, Wire.TARGET.customParams(), null, true);
        JsonNode body =
                Wire.json(SURFACE.encode(fixture(name).request(), target).bytes());
        ObjectNode expected = (ObjectNode) withoutForeignSeals(wire(name, "request.json"));
        expected.put("stream", true).putObject("stream_options").put("include_usage", true);
        assertThat(body).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void answerIsDecoded(String name) throws IOException {
        byte[] body = Wire.bytes("openai-chat/cases/" + name + "/response.json");
        assertThat(plain(SURFACE.decode(body, Wire.TARGET)))
                .isEqualTo(plain(fixture(name).response()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void answerIsEncoded(String name) throws IOException {
        JsonNode body = Wire.json(Wire.PROTOCOL.encode(fixture(name).response(), Wire.REPLY));
        assertThat(body).isEqualTo(wire(name, "response.json"));
        assertThat(Schemas.openAi("CreateChatCompletionResponse", body)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void streamIsDecodedEventForEvent(String name) throws IOException {
        List<ChatEvent> events = Wire.decode(SURFACE.streamDecoder(Wire.TARGET), stream(name));
        assertThat(withoutEnds(events)).isEqualTo(withoutEnds(fixture(name).events()));
        assertThat(ends(events)).isEqualTo(ends(fixture(name).events()));
        var assembly = new ResponseAssembly();
        events.forEach(assembly::accept);
        assertThat(plain(assembly.response())).isEqualTo(plain(fixture(name).response()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void streamIsEncodedEventForEvent(String name) throws IOException {
        String wire = Wire.encode(
                Wire.PROTOCOL.streamEncoder(Wire.REPLY), fixture(name).events());
        List<String> expected = Wire.data(stream(name));
        assertThat(parsed(Wire.data(wire))).isEqualTo(parsed(expected));
        assertThat(wire).endsWith("data: [DONE]\n\n");
        for (String data : Wire.data(wire)) {
            if (!data.equals("[DONE]")) {
                assertThat(Schemas.openAi("CreateChatCompletionStreamResponse", Wire.json(data)))
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void usageIsNotToldToWhoDidNotAsk(String name) throws IOException {
        var reply = new Reply("req_demo", "demo-1", true, false);
        String wire =
                Wire.encode(Wire.PROTOCOL.streamEncoder(reply), fixture(name).events());
        assertThat(wire).doesNotContain("usage").endsWith("data: [DONE]\n\n");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void streamPassesByteForByte(String name) {
        var tap = SURFACE.passthroughStream(Wire.REPLY, Wire.TARGET);
        String stream = stream(name);
        var tapped = Wire.tap(tap, stream);
        assertThat(tapped.failure()).isNull();
        assertThat(tapped.out()).isEqualTo(String.join("", Wire.events(stream)));
        assertThat(tap.complete()).isTrue();
        assertThat(tap.contentSeen()).isTrue();
        assertThat(tap.usage()).isNotNull();
    }

    private static CanonicalFixture fixture(String name) throws IOException {
        return CanonicalFixture.read("/wire/openai-chat/cases/" + name + "/canonical.json");
    }

    private static JsonNode wire(String name, String file) {
        return Wire.json(Wire.bytes("openai-chat/cases/" + name + "/" + file));
    }

    /** A caller sends back the seals of whoever answered; an upstream gets none but its own. */
    private static JsonNode withoutForeignSeals(JsonNode request) {
        request.path("messages").forEach(message -> ((ObjectNode) message).remove("reasoning_details"));
        return request;
    }

    private static String stream(String name) {
        return new String(Wire.bytes("openai-chat/cases/" + name + "/stream.txt"), UTF_8);
    }

    private static List<Object> parsed(List<String> data) {
        return data.stream()
                .map(it -> it.equals("[DONE]") ? it : (Object) Wire.json(it))
                .toList();
    }

    /** Chat has no error flag for results and no shortest cache time. */
    private static ChatRequest asChatCanSay(ChatRequest request) {
        return request.toBuilder()
                .system(request.system().stream()
                        .map(block -> block.cache() == null
                                ? block
                                : new SystemBlock(block.text(), new CacheHint(null), block.role()))
                        .toList())
                .messages(request.messages().stream()
                        .map(message -> Message.of(
                                message.role(),
                                message.parts().stream()
                                        .map(GoldenCasesTest::withoutErrorFlag)
                                        .toList()))
                        .toList())
                .build();
    }

    private static Part withoutErrorFlag(Part part) {
        return part instanceof Part.ToolResult it
                ? new Part.ToolResult(it.callId(), it.name(), it.content(), false, null)
                : part;
    }

    /** Only Anthropic tells which stop sequence was hit. */
    private static ChatResponse plain(ChatResponse it) {
        return ChatResponse.of(it.id(), it.model(), it.created(), it.parts(), plain(it.finish()), it.usage());
    }

    private static Finish plain(Finish finish) {
        return Finish.of(finish.reason() == Finish.Reason.STOP_SEQUENCE ? Finish.Reason.STOP : finish.reason());
    }

    /** Chat does not tell the end of a call, so all calls end together. */
    private static List<ChatEvent> withoutEnds(List<ChatEvent> events) {
        return events.stream()
                .filter(event -> !(event instanceof ToolCallEnd))
                .map(event -> event instanceof Finished it ? new Finished(plain(it.finish())) : event)
                .toList();
    }

    private static List<ChatEvent> ends(List<ChatEvent> events) {
        return events.stream().filter(ToolCallEnd.class::isInstance).toList();
    }
}
