package dev.serai.docs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.ChatResponse;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Finish;
import dev.serai.message.Kind;
import dev.serai.message.Part;
import dev.serai.message.Refusal;
import dev.serai.protocol.Reply;
import dev.serai.protocol.Surface;
import dev.serai.protocol.Target;
import dev.serai.protocol.UpstreamBody;
import dev.serai.protocol.openaichat.OpenAiChatProtocol;
import dev.serai.provider.zhipu.ZhipuProvider;
import dev.serai.testkit.FakeHead;
import dev.serai.testkit.Scripts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of {@code docs/protocols.md} say what the wire does. */
class ProtocolsPageTest {

    private static final Page PAGE = Page.of("docs/protocols.md");
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_764_000_000L), ZoneOffset.UTC);
    private static final OpenAiChatProtocol PROTOCOL = new OpenAiChatProtocol(CLOCK);
    private static final Surface ZHIPU = new ZhipuProvider(CLOCK).chat().surface();
    private static final Reply REPLY = new Reply("req_1", "public", false, false);
    private static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
    private static final String TOOL =
            ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":\"d\",\"parameters\":{}}}]";

    static Stream<List<String>> errors() {
        return PAGE.table("Kind").stream();
    }

    @Test
    void everyKindOfErrorIsThere() {
        assertThat(errors().map(List::getFirst)).containsExactlyInAnyOrder(names(Kind.values()));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void anErrorHasItsStatusEnvelopeAndHeaders(List<String> row) {
        var kind = Kind.valueOf(row.getFirst());
        assertThat(row.get(1)).isEqualTo(String.valueOf(kind.status()));
        if (kind == Kind.CLIENT_CLOSED) {
            return;
        }
        var answer = PROTOCOL.error(Failure.of(kind, FailureClass.CLIENT, "words"), "req_1");
        var error = json(answer.body()).path("error");
        assertThat(answer.status()).isEqualTo(kind.status());
        assertThat(Page.plain(row.get(2))).isEqualTo(error.path("type").textValue());
        assertThat(row.get(3).equals("null") ? null : Page.plain(row.get(3)))
                .isEqualTo(error.path("code").textValue());
        assertThat(row.get(4).equals("yes")).isEqualTo(answer.headers().containsKey("Retry-After"));
        assertThat(row.get(5)).isEqualTo(answer.headers().getOrDefault("x-should-retry", ""));
    }

    static Stream<List<String>> finishes() {
        return PAGE.table("Canonical").stream();
    }

    @Test
    void everyFinishButTheErrorIsThere() {
        assertThat(finishes().map(List::getFirst))
                .containsExactlyInAnyOrder(Arrays.stream(names(Finish.Reason.values()))
                        .filter(name -> !name.equals("ERROR"))
                        .toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("finishes")
    void aFinishIsToldInOpenAisWord(List<String> row) {
        var finish = Finish.of(Finish.Reason.valueOf(row.getFirst()));
        var response = ChatResponse.of("1", "m", 1, List.of(new Part.Text("x")), finish, null);
        assertThat(json(PROTOCOL.encode(response, REPLY))
                        .at("/choices/0/finish_reason")
                        .asText())
                .isEqualTo(Page.plain(row.get(1)));
    }

    static Stream<List<String>> zhipuFinishes() {
        return PAGE.table("Zhipu says").stream();
    }

    @ParameterizedTest
    @MethodSource("zhipuFinishes")
    void aFinishOfZhipuIsReadableOnBothLanes(List<String> row) {
        String message = row.getFirst().contains("tool_calls")
                ? "{\"content\":null,\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}"
                : "{\"content\":\"x\"}";
        byte[] answer = Scripts.completion("x")
                .replace("{\"role\":\"assistant\",\"content\":\"x\",\"refusal\":null}", message)
                .replace("\"finish_reason\":\"stop\"", "\"finish_reason\":\"" + Page.plain(row.getFirst()) + "\"")
                .getBytes(StandardCharsets.UTF_8);
        var passed = ZHIPU.passthroughAnswer(answer, REPLY, target("glm-5.2"));
        if (row.get(1).equals("an error")) {
            assertThat(passed.failure()).isNotNull();
            assertThatThrownBy(() -> ZHIPU.decode(answer, target("glm-5.2"))).isInstanceOf(Refusal.class);
            return;
        }
        assertThat(passed.failure()).isNull();
        byte[] translated = PROTOCOL.encode(ZHIPU.decode(answer, target("glm-5.2")), REPLY);
        for (byte[] seen : List.of(passed.body(), translated)) {
            assertThat(json(seen).at("/choices/0/finish_reason").asText()).isEqualTo(Page.plain(row.get(1)));
        }
    }

    static Stream<List<String>> patches() {
        return PAGE.table("Asked").stream();
    }

    @ParameterizedTest
    @MethodSource("patches")
    void aMemberIsPatchedForZhipuAsWritten(List<String> row) {
        var patched = requireNonNull(passed("," + Page.plain(row.getFirst()), "glm-5.2"), "no translation is needed");
        String sent = row.get(1).isEmpty() ? "" : "," + Page.plain(row.get(1));
        assertThat(json(patched.bytes())).isEqualTo(json("{\"model\":\"glm-5.2\"," + HI + sent + "}"));
        assertThat(patched.dropped()).isEqualTo(Page.code(row.get(2)));
    }

    static Stream<List<String>> emulations() {
        int from = PAGE.text().indexOf("is translated and emulated there:");
        return new Page(PAGE.path(), PAGE.text().substring(from)).table("Asked").stream();
    }

    @ParameterizedTest
    @MethodSource("emulations")
    void whatZhipuLacksIsEmulatedOrRefused(List<String> row) {
        String member = Page.plain(row.getFirst());
        String more = "," + member + (member.startsWith("\"tool_choice\"") ? TOOL : "");
        assertThat(passed(more, "glm-5.2")).as("edits are enough").isNull();
        var request = PROTOCOL.decode(PROTOCOL.read(body(more), FakeHead.NONE));
        if (row.get(1).startsWith("refused")) {
            assertThatThrownBy(() -> ZHIPU.encode(request, target("glm-5.2"))).isInstanceOf(Refusal.class);
        } else {
            var encoded = ZHIPU.encode(request, target("glm-5.2"));
            assertThat(encoded.dropped())
                    .isEqualTo(Page.code(row.get(1)).stream()
                            .filter("toolChoice"::equals)
                            .toList());
            assertThat(new String(encoded.bytes(), StandardCharsets.UTF_8)).doesNotContain("\"tool_choice\":\"none\"");
        }
    }

    static Stream<List<String>> efforts() {
        return PAGE.table("`reasoning_effort`").stream();
    }

    @ParameterizedTest
    @MethodSource("efforts")
    void anEffortIsToldEachFamilyInItsWordsOnBothLanes(List<String> row) {
        var families = List.of(
                List.of("glm-5.3", "glm-5.3-flash"),
                List.of("glm-5.2"),
                List.of("glm-5.1", "glm-5", "glm-4.7", "glm-4.5-air"),
                List.of("glm-4-flash-250414"));
        String asked = ",\"reasoning_effort\":\"" + row.getFirst() + "\"";
        for (int i = 0; i < families.size(); i++) {
            var expected = json("{" + Page.plain(row.get(i + 1)) + "}");
            for (String model : families.get(i)) {
                var passed = requireNonNull(passed(asked, model));
                var request = PROTOCOL.decode(PROTOCOL.read(body(asked), FakeHead.NONE));
                for (var sent : List.of(passed, ZHIPU.encode(request, target(model)))) {
                    var thinking = (ObjectNode) json(sent.bytes());
                    thinking.retain("thinking", "reasoning_effort");
                    assertThat(thinking).as(model).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void theLimitsOfARequestAreThoseOfTheReader() {
        assertThat(PAGE.table("What").stream().map(row -> row.get(1)))
                .containsExactly(
                        Json.MAX_STRING / 1024 / 1024 + " MiB",
                        String.valueOf(Json.MAX_DEPTH),
                        String.valueOf(Json.MAX_MEMBERS),
                        String.valueOf(Json.MAX_NUMBER),
                        String.valueOf(Json.MAX_EXPONENT));
    }

    private static Target target(String model) {
        return new Target(model, false, null, Json.object(), null, false);
    }

    private static byte[] body(String more) {
        return ("{\"model\":\"a\"," + HI + more + "}").getBytes(StandardCharsets.UTF_8);
    }

    private static @Nullable UpstreamBody passed(String more, String model) {
        return ZHIPU.passthrough(PROTOCOL.read(body(more), FakeHead.NONE), target(model));
    }

    private static String[] names(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).toArray(String[]::new);
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
