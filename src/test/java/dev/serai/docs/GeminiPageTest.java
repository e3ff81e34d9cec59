package dev.serai.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.ChatRequest;
import dev.serai.message.ChatResponse;
import dev.serai.message.Effort;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Finish;
import dev.serai.message.Kind;
import dev.serai.message.Part;
import dev.serai.message.Refusal;
import dev.serai.message.Usage;
import dev.serai.protocol.Reply;
import dev.serai.protocol.Surface;
import dev.serai.protocol.Target;
import dev.serai.protocol.gemini.GeminiProtocol;
import dev.serai.protocol.openaichat.OpenAiChatProtocol;
import dev.serai.provider.UpstreamReply;
import dev.serai.provider.gemini.GeminiFailures;
import dev.serai.provider.gemini.GeminiProvider;
import dev.serai.testkit.FakeHead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of Gemini's section say what the wire does. */
class GeminiPageTest {

    private static final Page PAGE = Page.of("docs/protocols/gemini.md");
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_764_000_000L), ZoneOffset.UTC);
    private static final GeminiProtocol PROTOCOL = new GeminiProtocol();
    private static final OpenAiChatProtocol CHAT = new OpenAiChatProtocol(CLOCK);
    private static final Surface SURFACE =
            new GeminiProvider(CLOCK).access("https://g.example").surface();
    private static final Reply REPLY = new Reply("req_1", "public", false, false);
    private static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    static Stream<List<String>> finishes() {
        return PAGE.table("Gemini says").stream();
    }

    @ParameterizedTest
    @MethodSource("finishes")
    void aFinishMeansWhatIsWritten(List<String> row) {
        byte[] answer = ("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"x\"}]},\"finishReason\":\""
                        + Page.plain(row.getFirst()) + "\"}]}")
                .getBytes(StandardCharsets.UTF_8);
        if (row.get(2).equals("an error")) {
            assertThat(row.get(1)).isEqualTo("ERROR");
            assertThatThrownBy(() -> SURFACE.decode(answer, target("m"))).isInstanceOf(Refusal.class);
            return;
        }
        var decoded = SURFACE.decode(answer, target("m"));
        assertThat(decoded.finish().reason()).hasToString(row.get(1));
        assertThat(json(CHAT.encode(decoded, REPLY))
                        .at("/choices/0/finish_reason")
                        .asText())
                .isEqualTo(Page.plain(row.get(2)));
        assertThat(Objects.requireNonNull(SURFACE.passthroughAnswer(answer, REPLY, target("m"))
                                .finish())
                        .reason())
                .hasToString(row.get(1));
    }

    static Stream<List<String>> words() {
        return PAGE.table("Meaning").stream();
    }

    @Test
    void everyFinishButTheErrorIsThere() {
        assertThat(words().map(List::getFirst))
                .containsExactlyInAnyOrder(Arrays.stream(Finish.Reason.values())
                        .filter(reason -> reason != Finish.Reason.ERROR)
                        .map(Enum::name)
                        .toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("words")
    void aFinishIsToldInGeminisWord(List<String> row) {
        var finish = Finish.of(Finish.Reason.valueOf(row.getFirst()));
        var response = ChatResponse.of("1", "m", 1, List.of(new Part.Text("x")), finish, null);
        assertThat(json(PROTOCOL.encode(response, REPLY))
                        .at("/candidates/0/finishReason")
                        .asText())
                .isEqualTo(Page.plain(row.get(1)));
    }

    @Test
    void usageIsCountedAsWritten() {
        var counts = Map.of(
                "promptTokenCount", 100L,
                "toolUsePromptTokenCount", 10L,
                "cachedContentTokenCount", 40L,
                "candidatesTokenCount", 7L,
                "thoughtsTokenCount", 3L);
        ObjectNode answer = (ObjectNode)
                json("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"x\"}]},\"finishReason\":\"STOP\"}]}");
        counts.forEach(answer.putObject("usageMetadata")::put);
        Usage usage = Objects.requireNonNull(
                SURFACE.decode(Json.bytes(answer), target("m")).usage());
        var told = Map.of(
                "input", usage.inputTokens(),
                "cached", usage.cachedInputTokens(),
                "output", usage.outputTokens(),
                "reasoning", usage.reasoningTokens());
        for (List<String> row : PAGE.table("Canonical tokens")) {
            long sum = Page.code(row.get(1)).stream()
                    .mapToLong(name -> Objects.requireNonNull(counts.get(name)))
                    .sum();
            assertThat(told.get(row.getFirst())).as(row.getFirst()).isEqualTo(sum);
        }
    }

    static Stream<List<String>> efforts() {
        return PAGE.table("Effort").stream();
    }

    @ParameterizedTest
    @MethodSource("efforts")
    void anEffortIsToldEachGenerationInItsWords(List<String> row) {
        var models =
                List.of("gemini-3-pro", "gemini-3-flash", "gemini-2.5-pro", "gemini-2.5-flash", "gemini-2.0-flash");
        var request = chat(",\"reasoning_effort\":\"" + row.getFirst() + "\"");
        for (int i = 0; i < models.size(); i++) {
            ObjectNode thinking = Json.object();
            if (json(SURFACE.encode(request, target(models.get(i))).bytes()).at("/generationConfig/thinkingConfig")
                    instanceof ObjectNode sent) {
                thinking.setAll(sent);
                thinking.remove("includeThoughts");
            }
            assertThat(thinking).as(models.get(i)).isEqualTo(json("{" + Page.plain(row.get(i + 1)) + "}"));
        }
    }

    static Stream<List<String>> budgets() {
        return PAGE.table("`thinkingBudget`").stream();
    }

    @ParameterizedTest
    @MethodSource("budgets")
    void aBudgetMeansTheEffortWritten(List<String> row) {
        String body =
                "{\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}],\"generationConfig\":{\"thinkingConfig\":{\"thinkingBudget\":"
                        + row.getFirst() + "}}}";
        var head = new FakeHead("/v1beta/models/m:generateContent", Map.of("model", "m"), Map.of(), Map.of());
        var request = PROTOCOL.decode(PROTOCOL.read(body.getBytes(StandardCharsets.UTF_8), head));
        assertThat(request.reasoning().effectiveEffort())
                .isEqualTo(Effort.valueOf(row.get(1).toUpperCase(Locale.ROOT)));
    }

    static Stream<List<String>> members() {
        return PAGE.table("Member asked").stream();
    }

    @ParameterizedTest
    @MethodSource("members")
    void aMemberIsSentAsWritten(List<String> row) {
        var sent = SURFACE.encode(chat("," + Page.plain(row.getFirst())), target("gemini-3-pro"));
        String more = row.get(1).isEmpty() ? "" : "," + Page.plain(row.get(1));
        assertThat(json(sent.bytes()))
                .isEqualTo(json("{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]" + more + "}"));
        assertThat(sent.dropped()).isEqualTo(Page.code(row.get(2)));
    }

    static Stream<List<String>> errors() {
        return PAGE.table("Error kind").stream();
    }

    @Test
    void everyKindThatReachesAWireIsThere() {
        assertThat(errors().map(List::getFirst))
                .containsExactlyInAnyOrder(Arrays.stream(Kind.values())
                        .filter(kind -> kind != Kind.CLIENT_CLOSED)
                        .map(Enum::name)
                        .toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void anErrorHasItsStatusNameAndDetail(List<String> row) {
        var kind = Kind.valueOf(row.getFirst());
        var answer = PROTOCOL.error(Failure.of(kind, FailureClass.CLIENT, "words"), "req_1");
        var error = json(answer.body()).path("error");
        assertThat(answer.status()).hasToString(row.get(1));
        assertThat(error.path("code").asText()).isEqualTo(row.get(1));
        assertThat(error.path("status").asText()).isEqualTo(Page.plain(row.get(2)));
        assertThat(error.at("/details/0/reason").asText()).isEqualTo(Page.plain(row.get(3)));
    }

    static Stream<List<String>> failures() {
        return PAGE.table("Gemini answers").stream();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureHasItsClass(List<String> row) {
        int status = Integer.parseInt(row.getFirst());
        String body = "{\"error\":{\"code\":" + status + "," + Page.plain(row.get(1)) + "}}";
        var reply = new UpstreamReply(status, name -> null, body.getBytes(StandardCharsets.UTF_8), CLOCK.instant());
        assertThat(new GeminiFailures().of(reply).type()).hasToString(row.get(2));
    }

    private static ChatRequest chat(String more) {
        return CHAT.decode(
                CHAT.read(("{\"model\":\"a\"," + HI + more + "}").getBytes(StandardCharsets.UTF_8), FakeHead.NONE));
    }

    private static Target target(String model) {
        return new Target(model, false, null, Json.object(), null, false);
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
