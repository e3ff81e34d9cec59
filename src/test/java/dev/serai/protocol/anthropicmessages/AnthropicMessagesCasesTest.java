package dev.serai.protocol.anthropicmessages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.message.CanonicalFixture;
import dev.serai.message.ChatEvent;
import dev.serai.message.ChatEvent.Finished;
import dev.serai.message.ChatEvent.RefusalDelta;
import dev.serai.message.ChatEvent.Start;
import dev.serai.message.ChatEvent.TextDelta;
import dev.serai.message.ChatRequest;
import dev.serai.message.ChatResponse;
import dev.serai.message.Extensions;
import dev.serai.message.Finish;
import dev.serai.message.Message;
import dev.serai.message.Part;
import dev.serai.message.ResponseAssembly;
import dev.serai.message.ResponseFormat;
import dev.serai.protocol.Target;
import dev.serai.protocol.openaichat.Wire;
import dev.serai.testkit.FakeHead;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden cases, both directions: a request, an answer, a stream and their canonical form. */
class AnthropicMessagesCasesTest {

    private static final String CASES = "anthropic-messages/cases/";

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
        assertThat(Messages.faults("MessageCreateParamsBase", Wire.json("{\"model\":\"m\",\"messages\":7}")))
                .isNotEmpty();
        assertThat(Messages.faults("Message", Wire.json("{}"))).isNotEmpty();
        assertThat(Messages.faults("StreamEventAny", Wire.json("{\"type\":\"message_start\"}")))
                .isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void requestIsDecoded(String name) throws IOException {
        var envelope = Messages.PROTOCOL.read(Wire.bytes(CASES + name + "/request.json"), FakeHead.NONE);
        assertThat(envelope.model()).isEqualTo("demo-1");
        ChatRequest decoded = Messages.PROTOCOL.decode(envelope);
        assertThat(decoded.extensions().unmapped()).isEmpty();
        assertThat(decoded.toBuilder().extensions(Extensions.NONE).build())
                .isEqualTo(asMessagesCanSay(fixture(name).request()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void requestIsEncoded(String name) throws IOException {
        var encoded = Messages.SURFACE.encode(fixture(name).request(), Messages.TARGET);
        assertThat(encoded.dropped())
                .isEqualTo(name.equals("12-image-input") ? List.of("messages.image.detail") : List.of());
        JsonNode body = Wire.json(encoded.bytes());
        assertThat(body).isEqualTo(wire(name, "request.json"));
        assertThat(Messages.faults("MessageCreateParamsBase", body)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void streamedRequestSaysSo(String name) throws IOException {
        var target = new Target("demo-1", true, null, Messages.TARGET.customParams(), null, false);
        JsonNode body = Wire.json(
                Messages.SURFACE.encode(fixture(name).request(), target).bytes());
        assertThat(body).isEqualTo(((ObjectNode) wire(name, "request.json")).put("stream", true));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void answerIsDecoded(String name) throws IOException {
        byte[] body = Wire.bytes(CASES + name + "/response.json");
        assertThat(plain(Messages.SURFACE.decode(body, Messages.TARGET)))
                .isEqualTo(plain(fixture(name).response()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void answerIsEncoded(String name) throws IOException {
        JsonNode body = Wire.json(Messages.PROTOCOL.encode(fixture(name).response(), Messages.REPLY));
        assertThat(body).isEqualTo(wire(name, "response.json"));
        assertThat(Messages.faults("Message", body)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void streamIsDecodedEventForEvent(String name) throws IOException {
        List<ChatEvent> events = Wire.decode(Messages.SURFACE.streamDecoder(Messages.TARGET), stream(name));
        assertThat(plain(events)).isEqualTo(plain(fixture(name).events()));
        var assembly = new ResponseAssembly();
        events.forEach(assembly::accept);
        assertThat(plain(assembly.response())).isEqualTo(plain(fixture(name).response()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void streamIsEncodedEventForEvent(String name) throws IOException {
        String wire = Wire.encode(
                Messages.PROTOCOL.streamEncoder(Messages.REPLY), fixture(name).events());
        assertThat(names(wire)).isEqualTo(names(stream(name)));
        assertThat(parsed(wire)).isEqualTo(parsed(stream(name)));
        for (JsonNode data : parsed(wire)) {
            assertThat(Messages.faults("StreamEventAny", data)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void streamPassesByteForByte(String name) {
        var tap = Messages.SURFACE.passthroughStream(Messages.REPLY, Messages.TARGET);
        String stream = stream(name);
        var tapped = Wire.tap(tap, stream);
        assertThat(tapped.failure()).isNull();
        assertThat(tapped.out()).isEqualTo(String.join("", Wire.events(stream)));
        assertThat(tap.complete()).isTrue();
        assertThat(tap.contentSeen()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theTapCountsWhatTheAnswerCounts(String name) throws IOException {
        var tap = Messages.SURFACE.passthroughStream(Messages.REPLY, Messages.TARGET);
        Wire.tap(tap, stream(name));
        assertThat(tap.usage()).isEqualTo(fixture(name).response().usage());
        var whole = Messages.SURFACE.passthroughAnswer(
                Wire.bytes(CASES + name + "/response.json"), Messages.REPLY, Messages.TARGET);
        assertThat(whole.usage()).isEqualTo(fixture(name).response().usage());
        assertThat(whole.finish()).isEqualTo(tap.finish());
        assertThat(whole.body()).isEqualTo(Wire.bytes(CASES + name + "/response.json"));
    }

    private static CanonicalFixture fixture(String name) throws IOException {
        return CanonicalFixture.read("/wire/" + CASES + name + "/canonical.json");
    }

    private static JsonNode wire(String name, String file) {
        return Wire.json(Wire.bytes(CASES + name + "/" + file));
    }

    private static String stream(String name) {
        return new String(Wire.bytes(CASES + name + "/stream.txt"), UTF_8);
    }

    private static List<JsonNode> parsed(String stream) {
        return Wire.data(stream).stream().map(Wire::json).toList();
    }

    private static List<String> names(String stream) {
        return stream.lines().filter(line -> line.startsWith("event:")).toList();
    }

    /** Messages have no image detail, no name for a schema, and no word for what is the default of parallel calls. */
    private static ChatRequest asMessagesCanSay(ChatRequest request) {
        return request.toBuilder()
                .parallelToolCalls(Boolean.FALSE.equals(request.parallelToolCalls()) ? false : null)
                .messages(request.messages().stream()
                        .map(message -> Message.of(
                                message.role(),
                                message.parts().stream()
                                        .map(AnthropicMessagesCasesTest::withoutDetail)
                                        .toList()))
                        .toList())
                .responseFormat(
                        request.responseFormat() instanceof ResponseFormat.JsonSchema it
                                ? new ResponseFormat.JsonSchema(null, null, it.schema(), null)
                                : request.responseFormat())
                .build();
    }

    private static Part withoutDetail(Part part) {
        return part instanceof Part.Image it ? new Part.Image(it.source(), null, it.cache()) : part;
    }

    /** A refusal is a text here, and the word for it does not tell a filter from a model's own will. */
    private static ChatResponse plain(ChatResponse it) {
        List<Part> parts = it.parts().stream()
                .map(part -> part instanceof Part.RefusalText refusal ? new Part.Text(refusal.text()) : part)
                .toList();
        return ChatResponse.of(it.id(), it.model(), 0, parts, plain(it.finish()), it.usage());
    }

    private static Finish plain(Finish finish) {
        var reason = finish.reason() == Finish.Reason.REFUSAL ? Finish.Reason.CONTENT_FILTER : finish.reason();
        return new Finish(reason, finish.stopSequence(), null, null);
    }

    private static List<ChatEvent> plain(List<ChatEvent> events) {
        return events.stream().map(AnthropicMessagesCasesTest::plain).toList();
    }

    private static ChatEvent plain(ChatEvent event) {
        return switch (event) {
            case Start it -> new Start(it.id(), it.model(), 0);
            case RefusalDelta it -> new TextDelta(it.index(), it.text());
            case Finished it -> new Finished(plain(it.finish()));
            default -> event;
        };
    }
}
