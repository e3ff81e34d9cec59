package dev.serai.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.ChatEvent;
import dev.serai.message.ChatRequest;
import dev.serai.message.ChatResponse;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Finish;
import dev.serai.message.Kind;
import dev.serai.message.Message;
import dev.serai.message.Part;
import dev.serai.message.Refusal;
import dev.serai.protocol.Protocol;
import dev.serai.protocol.Reply;
import dev.serai.protocol.Surface;
import dev.serai.protocol.Target;
import dev.serai.protocol.openaichat.OpenAiChatProtocol;
import dev.serai.protocol.openaichat.OpenAiChatSurface;
import dev.serai.protocol.openairesponses.OpenAiResponsesProtocol;
import dev.serai.protocol.openairesponses.OpenAiResponsesSurface;
import dev.serai.provider.zhipu.ZhipuProvider;
import dev.serai.stream.ByteSink;
import dev.serai.testkit.FakeHead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables on OpenAI Responses in {@code docs/protocols.md} say what the wire does. */
class ResponsesPageTest {

    private static final Page PAGE = Page.of("docs/protocols/openai-responses.md");
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_764_000_000L), ZoneOffset.UTC);
    private static final Protocol RESPONSES = new OpenAiResponsesProtocol(CLOCK);
    private static final Protocol CHAT = new OpenAiChatProtocol(CLOCK);
    private static final Surface SURFACE = new OpenAiResponsesSurface();
    private static final Target TARGET = new Target("m", false, null, Json.object(), null, false);
    private static final Reply REPLY = new Reply("req_1", "public", true, true);
    private static final String HI = "{\"role\":\"user\",\"content\":\"hi\"}";

    static Stream<List<String>> refused() {
        return PAGE.table("Refused").stream();
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatNeedsAStateIsRefusedByItsName(List<String> row) {
        String member = Page.plain(row.getFirst());
        String input = member.startsWith("\"input\"") ? "" : "\"input\":\"x\",";
        var refusal = catchThrowableOfType(Refusal.class, () -> decode(RESPONSES, input + member));
        assertThat(refusal.failure().kind()).isEqualTo(Kind.UNSUPPORTED_PARAMETER);
        assertThat(member)
                .startsWith("\"" + String.valueOf(refusal.failure().param()).replace("[0]", "") + "\"");
    }

    static Stream<List<String>> items() {
        return PAGE.table("Input item").stream();
    }

    @ParameterizedTest
    @MethodSource("items")
    void anItemBecomesThePartThatIsWritten(List<String> row) {
        ChatRequest request = decode(RESPONSES, "\"input\":[" + HI + "," + Page.plain(row.getFirst()) + "," + HI + "]");
        Message turn = request.messages().get(1);
        assertThat(turn.parts())
                .extracting(Part::getClass)
                .extracting(Class::getSimpleName)
                .containsExactly(row.get(1));
    }

    static Stream<List<String>> members() {
        return PAGE.table("Member of Chat").stream();
    }

    @ParameterizedTest
    @MethodSource("members")
    void aMemberOfChatIsToldInResponsesOrLost(List<String> row) {
        ChatRequest request = decode(CHAT, "\"messages\":[" + HI + "]," + Page.plain(row.getFirst()));
        if (row.get(1).startsWith("refused")) {
            assertThatThrownBy(() -> SURFACE.encode(request, TARGET)).isInstanceOf(Refusal.class);
            return;
        }
        boolean dropped = row.get(1).startsWith("dropped");
        var encoded = SURFACE.encode(request, TARGET);
        assertThat(encoded.dropped()).isEqualTo(dropped ? Page.code(row.get(1)) : List.of());
        var body = (ObjectNode) json(encoded.bytes());
        body.remove(List.of("model", "input"));
        ObjectNode expected = dropped ? Json.object() : (ObjectNode) json("{" + Page.plain(row.get(1)) + "}");
        if (!expected.has("store")) {
            expected.put("store", false);
        }
        assertThat(body).isEqualTo(expected);
    }

    static Stream<List<String>> efforts() {
        return PAGE.table("`reasoning.effort`").stream();
    }

    @ParameterizedTest
    @MethodSource("efforts")
    void anEffortIsToldOtherProvidersInTheirWords(List<String> row) {
        ChatRequest request =
                decode(RESPONSES, "\"input\":\"x\",\"reasoning\":{\"effort\":\"" + row.getFirst() + "\"}");
        var glm = new Target("glm-5.2", false, null, Json.object(), null, false);
        assertThat(thinking(new OpenAiChatSurface(), request, TARGET))
                .isEqualTo(json("{" + Page.plain(row.get(1)) + "}"));
        assertThat(thinking(new ZhipuProvider(CLOCK).chat().surface(), request, glm))
                .isEqualTo(json("{" + Page.plain(row.get(2)) + "}"));
        assertThat(thinking(SURFACE, request, TARGET))
                .isEqualTo(json("{\"reasoning\":{\"effort\":\"" + row.getFirst() + "\"}}"));
    }

    private static JsonNode thinking(Surface surface, ChatRequest request, Target target) {
        var body = (ObjectNode) json(surface.encode(request, target).bytes());
        return body.retain("thinking", "reasoning_effort", "reasoning");
    }

    static Stream<List<String>> endings() {
        return PAGE.table("Meaning").stream();
    }

    @Test
    void everyMeaningAndEveryFailureIsThere() {
        assertThat(endings().map(List::getFirst))
                .containsExactlyInAnyOrder(Arrays.stream(Finish.Reason.values())
                        .map(Enum::name)
                        .filter(name -> !name.equals("ERROR"))
                        .toArray(String[]::new));
        assertThat(failures().map(List::getFirst))
                .containsExactlyInAnyOrder(Arrays.stream(Kind.values())
                        .map(Enum::name)
                        .filter(name -> !name.equals("CLIENT_CLOSED"))
                        .toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void anAnswerEndsWithItsStatus(List<String> row) {
        var finish = Finish.of(Finish.Reason.valueOf(row.getFirst()));
        var response = ChatResponse.of("1", "m", 1, List.of(new Part.Text("x")), finish, null);
        JsonNode body = json(RESPONSES.encode(response, REPLY));
        assertThat(body.path("status").asText()).isEqualTo(Page.plain(row.get(1)));
        assertThat(body.at("/incomplete_details/reason").asText("")).isEqualTo(Page.plain(row.get(2)));
    }

    static Stream<List<String>> upstreamEndings() {
        return PAGE.table("An upstream's response ends").stream();
    }

    @ParameterizedTest
    @MethodSource("upstreamEndings")
    void anUpstreamsEndHasItsMeaning(List<String> row) {
        String output = "\"output\":[{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"x\"}]}]";
        byte[] body = ("{" + output + "," + Page.plain(row.getFirst()) + "}").getBytes(StandardCharsets.UTF_8);
        var passed = SURFACE.passthroughAnswer(body, REPLY, TARGET);
        if (row.get(1).equals("an error")) {
            assertThat(passed.failure()).isNotNull();
            assertThatThrownBy(() -> SURFACE.decode(body, TARGET)).isInstanceOf(Refusal.class);
            return;
        }
        var finish = Objects.requireNonNull(passed.finish());
        assertThat(finish.reason().name()).isEqualTo(row.get(1));
        assertThat(SURFACE.decode(body, TARGET).finish()).isEqualTo(finish);
    }

    static Stream<List<String>> failures() {
        return PAGE.table("Failure").stream();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureInsideAStreamHasItsCode(List<String> row) {
        var failure = Failure.of(Kind.valueOf(row.getFirst()), FailureClass.UPSTREAM, "words");
        var out = new ByteSink(64);
        var encoder = RESPONSES.streamEncoder(REPLY);
        encoder.encode(new ChatEvent.TextDelta(0, "x"), out);
        encoder.encode(new ChatEvent.Failed(failure), out);
        String stream = out.toString();
        JsonNode last = json(stream.substring(stream.lastIndexOf("data: ") + 6));
        assertThat(last.path("type").asText()).isEqualTo("response.failed");
        assertThat(last.at("/response/error/code").asText()).isEqualTo(Page.plain(row.get(1)));
    }

    private static ChatRequest decode(Protocol protocol, String members) {
        byte[] body = ("{\"model\":\"m\"," + members + "}").getBytes(StandardCharsets.UTF_8);
        return protocol.decode(protocol.read(body, FakeHead.NONE));
    }

    private static JsonNode json(String text) {
        return json(text.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode json(byte[] bytes) {
        try {
            return Json.tree(bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
