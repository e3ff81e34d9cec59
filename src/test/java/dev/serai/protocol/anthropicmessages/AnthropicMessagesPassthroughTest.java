package dev.serai.protocol.anthropicmessages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.json.Json;
import dev.serai.message.FailureClass;
import dev.serai.message.Finish;
import dev.serai.message.ProviderSignature;
import dev.serai.message.SignatureKind;
import dev.serai.message.Usage;
import dev.serai.protocol.PassthroughStream;
import dev.serai.protocol.Reply;
import dev.serai.protocol.Target;
import dev.serai.protocol.openaichat.Wire;
import dev.serai.stream.ByteSink;
import dev.serai.testkit.Metered;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnthropicMessagesPassthroughTest {

    private static final Reply GATEWAY = new Reply("r", "gw/a", true, true);

    private static String passed(String more, String model) {
        return Messages.text(requireNonNull(Messages.pass(more, model)).bytes());
    }

    private static String sent(String more) {
        return Messages.text(Messages.body(more)).replace("\"m\"", "\"up\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"messages\" : [ {\"role\":\"user\", \"content\":\"a\\u00e9\\/ \\ud83d\\ude42\"} ]",
                "\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"temperature\":1.0,\"x\":1e3,\"y\":12345678901234567890",
                "\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"context_management\":{\"edits\":[]},\"z\":{\"model\":\"m2\"}",
                "\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"system\",\"content\":\"s\"}],\"thinking\":{\"type\":\"adaptive\"}",
                "\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"t\",\"signature\":\"EqQB\"},{\"type\":\"text\",\"text\":\"b\"}]}]"
            })
    void everythingButTheModelArrivesByteForByte(String more) {
        assertThat(passed(more, "up")).isEqualTo(sent(more));
    }

    @Test
    void thinkingThatTheUpstreamDidNotSealIsTakenOut() {
        String packed = ProviderSignature.of("gemini", SignatureKind.THOUGHT_SIGNATURE, "g")
                .packed();
        String own = ProviderSignature.of("anthropic", SignatureKind.SIGNATURE, "raw")
                .packed();
        String block = "{\"type\":\"thinking\",\"thinking\":\"t\",\"signature\":\"%s\"}";
        String text = "{\"type\":\"text\",\"text\":\"b\"}";
        String history =
                "\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":[%s]}]";
        for (var pair : List.of(
                List.of(block.formatted(packed) + " , " + text, text),
                List.of(block.formatted("") + "," + block.formatted(packed) + "," + text, text),
                List.of(text + ", " + block.formatted(packed) + "," + block.formatted(packed), text),
                List.of(text + "," + block.formatted(packed) + "," + text, text + "," + text),
                List.of(block.formatted("kept") + "," + text, block.formatted("kept") + "," + text),
                List.of(block.formatted(own) + "," + text, block.formatted("raw") + "," + text),
                List.of(text + ",{\"type\":\"redacted_thinking\",\"data\":\"" + packed + "\"}", text))) {
            assertThat(passed(history.formatted(pair.getFirst()), "up"))
                    .isEqualTo(sent(history.formatted(pair.getLast())));
        }
        assertThat(Messages.pass(history.formatted(block.formatted(packed)), "up"))
                .as("a turn of nothing else must be left out as a whole")
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', nullValues = "-", textBlock = """
            "temperature":0.5   | claude-opus-4-7 | temperature
            "temperature":1.0   | claude-opus-4-7 | -
            "top_p":0.9         | claude-sonnet-5 | topP
            "top_p":0.99        | claude-sonnet-5 | -
            "top_k":5           | claude-sonnet-5 | topK
            "top_k":5           | claude-opus-4-6 | -
            "temperature":0.5   | glm-5.2         | -
            """)
    void samplingThatANewerModelRefusesIsDroppedAndReported(String member, String model, @Nullable String dropped) {
        var body = requireNonNull(Messages.pass(Messages.says("a") + "," + member, model));
        assertThat(body.dropped()).isEqualTo(dropped == null ? List.of() : List.of(dropped));
        assertThat(Messages.text(body.bytes()).contains(member)).isEqualTo(dropped == null);
    }

    @Test
    void theOperatorsPromptStandsInFrontButBehindABillingHeader() {
        var target = new Target("up", false, "Obey.", Json.object(), null, false);
        String billing = "{\"type\":\"text\",\"text\":\"x-anthropic-billing-header: v=1\"}";
        for (var pair : List.of(
                List.of("", ",\"system\":\"Obey.\""),
                List.of(",\"system\":\"Be brief.\"", ",\"system\":\"Obey.\\n\\nBe brief.\""),
                List.of(
                        ",\"system\":[" + billing + "]",
                        ",\"system\":[" + billing + ",{\"type\":\"text\",\"text\":\"Obey.\"}]"),
                List.of(
                        ",\"system\":[{\"type\":\"text\",\"text\":\"b\"}]",
                        ",\"system\":[{\"type\":\"text\",\"text\":\"Obey.\"},{\"type\":\"text\",\"text\":\"b\"}]"))) {
            var body = requireNonNull(
                    Messages.SURFACE.passthrough(Messages.read(Messages.says("a") + pair.getFirst()), target));
            assertThat(Messages.text(body.bytes())).isEqualTo(sent(Messages.says("a") + pair.getLast()));
        }
    }

    // -- answers

    private static PassthroughStream tap() {
        return Messages.SURFACE.passthroughStream(GATEWAY, Messages.TARGET);
    }

    @Test
    void onlyTheMessagesModelIsReplaced() {
        String stream = new String(Wire.bytes("anthropic-messages/native/anthropic.stream.txt"), UTF_8);
        var tap = tap();
        var tapped = Wire.tap(tap, stream);
        assertThat(tapped.failure()).isNull();
        assertThat(tapped.out())
                .isEqualTo(String.join("", Wire.events(stream)).replace("\"claude-sonnet-4-6\"", "\"gw/a\""));
        assertThat(tap.usage()).isEqualTo(new Usage(1049, 1024, 0, 47, 12, false));
        assertThat(requireNonNull(tap.finish()).reason()).isEqualTo(Finish.Reason.TOOL_CALLS);
        assertThat(tap.outputTokens())
                .isEqualTo(Metered.tokens("Short thought.Hi there.get_weather{\"city\": \"Oslo\"}"));
    }

    @Test
    void anEventWithoutANameGetsOne() {
        assertThat(Wire.tap(tap(), ": c\n\ndata: {\"type\":\"ping\"}\n\n").out())
                .isEqualTo("event: ping\ndata: {\"type\":\"ping\"}\n\n");
        assertThat(Wire.tap(tap(), "data: {\"type\":\"a\\nb\"}\n\n").out()).isEqualTo("data: {\"type\":\"a\\nb\"}\n\n");
    }

    @Test
    void beginningsPingsAndSealsAreNoContent() {
        var tap = tap();
        for (String data : List.of(
                "{\"type\":\"message_start\",\"message\":{\"content\":[],\"usage\":{\"input_tokens\":3}}}",
                "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}",
                "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"redacted_thinking\",\"data\":\"x\"}}",
                "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"signature_delta\",\"signature\":\"x\"}}",
                "{\"type\":\"ping\"}")) {
            assertThat(Wire.tap(tap, "data: " + data + "\n\n").failure()).isNull();
        }
        assertThat(tap.contentSeen()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"a\"}}",
                "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"a\"}}",
                "{\"type\":\"content_block_start\",\"content_block\":{\"type\":\"tool_use\",\"name\":\"f\"}}",
                "{\"type\":\"content_block_start\",\"content_block\":{\"type\":\"web_search_tool_result\"}}"
            })
    void contentIsSeen(String data) {
        var tap = tap();
        Wire.tap(tap, "data: " + data + "\n\n");
        assertThat(tap.contentSeen()).isTrue();
    }

    @Test
    void anErrorsTypeTellsItsClass() {
        var tapped = Wire.tap(
                tap(),
                "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"x\"}}\n\n");
        assertThat(requireNonNull(tapped.failure()).type()).isEqualTo(FailureClass.OVERLOAD);
        assertThat(tapped.out()).isEmpty();
    }

    @Test
    void nothingFollowsTheLastEvent() {
        var tap = tap();
        String stop = "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
        assertThat(Wire.tap(tap, stop + "data: {\"type\":\"ping\"}\n\n").out()).isEqualTo(stop);
        assertThat(tap.complete()).isTrue();
        assertThat(tap.end(new ByteSink(16))).isNull();
    }

    @Test
    void aWholeAnswerThatIsNoneIsAFailure() {
        for (String body : List.of(
                "{", "[]", "{}", "{\"type\":\"error\",\"error\":{\"type\":\"api_error\"}}", "{\"error\":\"x\"}")) {
            assertThat(Messages.SURFACE
                            .passthroughAnswer(body.getBytes(UTF_8), GATEWAY, Messages.TARGET)
                            .failure())
                    .as(body)
                    .isNotNull();
        }
    }

    @Test
    void aWholeAnswerKeepsItsBytes() {
        String body =
                "{ \"model\" : \"up\",\"content\":[{\"type\":\"tool_use\",\"input\":{\"model\":\"up\",\"n\":1.0}}],"
                        + "\"stop_reason\":\"tool_use\",\"usage\":{\"input_tokens\":1,\"output_tokens\":2}}";
        var answer = Messages.SURFACE.passthroughAnswer(body.getBytes(UTF_8), GATEWAY, Messages.TARGET);
        assertThat(Messages.text(answer.body())).isEqualTo(body.replace("\"model\" : \"up\"", "\"model\" : \"gw/a\""));
        assertThat(answer.outputTokens()).isPositive();
    }
}
