package dev.serai.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
import dev.serai.protocol.Reply;
import dev.serai.protocol.Surface;
import dev.serai.protocol.Target;
import dev.serai.protocol.ToolDisguise;
import dev.serai.protocol.anthropicmessages.AnthropicMessagesProtocol;
import dev.serai.protocol.anthropicmessages.AnthropicMessagesSurface;
import dev.serai.protocol.openaichat.OpenAiChatProtocol;
import dev.serai.provider.Replies;
import dev.serai.provider.anthropic.AnthropicFailures;
import dev.serai.provider.zhipu.ZhipuProvider;
import dev.serai.testkit.FakeHead;
import dev.serai.testkit.MessageScripts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of {@code docs/protocols.md} about Anthropic Messages say what the wire does. */
class MessagesPageTest {

    private static final Page PAGE = Page.of("docs/protocols/anthropic-messages.md");
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_764_000_000L), ZoneOffset.UTC);
    private static final AnthropicMessagesProtocol PROTOCOL = new AnthropicMessagesProtocol();
    private static final OpenAiChatProtocol CHAT = new OpenAiChatProtocol(CLOCK);
    private static final Surface ANTHROPIC = new AnthropicMessagesSurface();
    private static final Surface ZHIPU = new ZhipuProvider(CLOCK).anthropic().surface();
    private static final Reply REPLY = new Reply("req_1", "public", false, false);

    static Stream<List<String>> errors() {
        return PAGE.table("Kind of error").stream();
    }

    @Test
    void everyKindOfErrorIsThere() {
        assertThat(errors().map(List::getFirst))
                .containsExactlyInAnyOrder(Arrays.stream(Kind.values())
                        .filter(kind -> kind != Kind.CLIENT_CLOSED)
                        .map(Enum::name)
                        .toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void anErrorHasItsStatusTypeAndHeaders(List<String> row) {
        var answer = PROTOCOL.error(Failure.of(Kind.valueOf(row.getFirst()), FailureClass.CLIENT, "words"), "req_1");
        assertThat(row.get(1)).isEqualTo(String.valueOf(answer.status()));
        assertThat(Page.plain(row.get(2)))
                .isEqualTo(json(answer.body()).at("/error/type").asText());
        assertThat(row.get(3).equals("yes")).isEqualTo(answer.headers().containsKey("Retry-After"));
        assertThat(row.get(4)).isEqualTo(answer.headers().getOrDefault("x-should-retry", ""));
    }

    static Stream<List<String>> finishes() {
        return PAGE.table("Canonical finish").stream();
    }

    @Test
    void everyFinishButTheErrorIsThere() {
        assertThat(finishes().map(List::getFirst))
                .containsExactlyInAnyOrder(Arrays.stream(Finish.Reason.values())
                        .filter(reason -> reason != Finish.Reason.ERROR)
                        .map(Enum::name)
                        .toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("finishes")
    void aFinishIsToldInAnthropicsWord(List<String> row) {
        var finish = new Finish(Finish.Reason.valueOf(row.getFirst()), "END", null, null);
        var response = ChatResponse.of("1", "m", 1, List.of(new Part.Text("x")), finish, null);
        assertThat(json(PROTOCOL.encode(response, REPLY)).path("stop_reason").asText())
                .isEqualTo(Page.plain(row.get(1)));
    }

    static Stream<List<String>> stopReasons() {
        return PAGE.table("Upstream's `stop_reason`").stream();
    }

    @ParameterizedTest
    @MethodSource("stopReasons")
    void aStopReasonMeansWhatIsWritten(List<String> row) {
        String word = Page.plain(row.getFirst());
        String block = word.equals("tool_use") ? MessageScripts.call("c", "{}") : MessageScripts.text("x");
        byte[] answer = bytes(MessageScripts.message("\"" + word + "\"", block));
        for (int i = 1; i <= 2; i++) {
            Surface surface = i == 1 ? ANTHROPIC : ZHIPU;
            if (row.get(i).equals("an error")) {
                assertThatThrownBy(() -> surface.decode(answer, target("m"))).isInstanceOf(Refusal.class);
            } else {
                assertThat(surface.decode(answer, target("m")).finish().reason())
                        .isEqualTo(Finish.Reason.valueOf(row.get(i)));
            }
        }
    }

    static Stream<List<String>> efforts() {
        return PAGE.table("Effort").stream();
    }

    @Test
    void everyEffortIsThere() {
        assertThat(efforts().map(List::getFirst))
                .containsExactly(
                        Arrays.stream(Effort.values()).map(Effort::wireName).toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("efforts")
    void anEffortIsToldEachFamilyInItsWords(List<String> row) {
        var families = PAGE.text()
                .lines()
                .filter(line -> line.startsWith("| Effort |"))
                .map(line -> line.split("\\|", -1))
                .findFirst()
                .orElseThrow();
        ChatRequest request = chat("\"max_completion_tokens\":10,\"reasoning_effort\":\"" + row.getFirst() + "\"");
        for (int i = 1; i <= 4; i++) {
            var expected = json("{" + Page.plain(row.get(i)) + "}");
            for (String model : families[i + 1].strip().split(", ")) {
                var sent = (ObjectNode)
                        json(ANTHROPIC.encode(request, target(model)).bytes());
                sent.retain("thinking", "output_config");
                assertThat(sent).as(model).isEqualTo(expected);
            }
        }
    }

    static Stream<List<String>> budgets() {
        return PAGE.table("`budget_tokens`").stream();
    }

    @ParameterizedTest
    @MethodSource("budgets")
    void aBudgetStandsForAnEffort(List<String> row) {
        byte[] body =
                bytes("{\"model\":\"m\",\"max_tokens\":64000,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],"
                        + "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":" + row.getFirst() + "}}");
        var effort =
                PROTOCOL.decode(PROTOCOL.read(body, FakeHead.NONE)).reasoning().effectiveEffort();
        assertThat(effort == null ? "" : effort.wireName()).isEqualTo(row.get(1));
    }

    static Stream<List<String>> asked() {
        return PAGE.table("Asked of Claude").stream();
    }

    @ParameterizedTest
    @MethodSource("asked")
    void aMemberIsSentToClaudeAsWritten(List<String> row) {
        ChatRequest request = chat(Page.plain(row.getFirst()));
        var encoded = ANTHROPIC.encode(
                ToolDisguise.of(request, ANTHROPIC.toolRules()).applied(request), target("claude-opus-4-6"));
        var expected = (ObjectNode) json("{\"model\":\"claude-opus-4-6\",\"max_tokens\":32000,"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
        expected.setAll((ObjectNode) json("{" + Page.plain(row.get(1)) + "}"));
        assertThat(json(encoded.bytes())).isEqualTo(expected);
        assertThat(encoded.dropped()).isEqualTo(Page.code(row.get(2)));
    }

    static Stream<List<String>> refused() {
        return PAGE.table("Refused since 2026-10-21").stream();
    }

    @ParameterizedTest
    @MethodSource("refused")
    void theNewerVersionRefusesWithTheFieldsName(List<String> row) {
        String member = Page.plain(row.getFirst());
        String messages =
                member.startsWith("\"messages\"") ? "" : "\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],";
        byte[] body = bytes("{\"model\":\"m\",\"max_tokens\":9," + messages + member + "}");
        var head = FakeHead.ofHeaders(Map.of("anthropic-version", "2026-10-21"));
        var refusal = catchThrowableOfType(Refusal.class, () -> PROTOCOL.read(body, head));
        assertThat(refusal.failure().param()).isEqualTo(Page.plain(row.get(1)));
        assertThat(PROTOCOL.read(body, FakeHead.NONE).model()).isEqualTo("m");
    }

    static Stream<List<String>> failures() {
        return PAGE.table("Anthropic says").stream();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureOfAnthropicIsOfItsClass(List<String> row) {
        int status = Integer.parseInt(row.getFirst().substring(0, 3));
        String with = Page.plain(row.get(1));
        boolean header = with.startsWith("retry-after: ");
        String body = MessageScripts.errorBody(Page.plain(row.getFirst()), header || with.isEmpty() ? "words" : with);
        var reply = header
                ? Replies.json(status, body, "retry-after", with.substring("retry-after: ".length()))
                : Replies.json(status, body);
        assertThat(new AnthropicFailures().of(reply).type()).isEqualTo(FailureClass.valueOf(row.get(2)));
    }

    private static ChatRequest chat(String member) {
        return CHAT.decode(CHAT.read(
                bytes("{\"model\":\"a\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]," + member + "}"),
                FakeHead.NONE));
    }

    private static Target target(String model) {
        return new Target(model, false, null, Json.object(), null, false);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode json(String text) {
        return json(bytes(text));
    }

    private static JsonNode json(byte[] bytes) {
        try {
            return Json.tree(bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
