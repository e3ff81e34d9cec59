package dev.serai.provider.zhipu;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.json.Json;
import dev.serai.message.ChatEvent;
import dev.serai.message.FailureClass;
import dev.serai.message.Finish;
import dev.serai.message.Part;
import dev.serai.message.ProviderSignature;
import dev.serai.message.ReasoningForm;
import dev.serai.message.SignatureKind;
import dev.serai.protocol.Envelope;
import dev.serai.protocol.Reply;
import dev.serai.protocol.Target;
import dev.serai.protocol.anthropicmessages.AnthropicMessagesProtocol;
import dev.serai.protocol.openaichat.Wire;
import dev.serai.provider.Access;
import dev.serai.provider.Replies;
import dev.serai.testkit.FakeHead;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Zhipu's Anthropic surface. */
class ZhipuAnthropicTest {

    private static final Target TARGET = new Target("glm-5.2", false, null, Json.object(), null, false);
    private static final Reply REPLY = new Reply("r", "gw", true, true);
    private static final String HI = "{\"role\":\"user\",\"content\":\"hi\"}";

    private final ZhipuProvider provider = new ZhipuProvider(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    private final Access access = provider.anthropic();

    private static Envelope read(String messages, String more, Map<String, String> headers) {
        String body = "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[" + messages + "]" + more + "}";
        return new AnthropicMessagesProtocol().read(body.getBytes(UTF_8), FakeHead.ofHeaders(headers));
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.z.ai/api/paas/v4, anthropic-messages, https://api.z.ai/api/anthropic/v1/messages",
        "https://open.bigmodel.cn/api/coding/paas/v4, anthropic-messages, https://open.bigmodel.cn/api/anthropic/v1/messages",
        "https://api.z.ai/api/anthropic, openai-chat, https://api.z.ai/api/anthropic/v1/messages",
        "https://proxy.example.com/api/anthropic/v1, gemini, https://proxy.example.com/api/anthropic/v1/messages",
        "https://api.z.ai/api/paas/v4, openai-chat, https://api.z.ai/api/paas/v4/chat/completions",
        "https://proxy.example.com/v4, anthropic-messages, https://proxy.example.com/v4/chat/completions"
    })
    void itIsChosenWhereTheCallerSpeaksItOrTheAddressSaysSo(String baseUrl, String protocol, String url) {
        assertThat(provider.access(baseUrl, protocol).url(baseUrl, TARGET)).isEqualTo(url);
    }

    @Test
    void namesOfBetasStayHereAndMembersOfThemAreReported() {
        var envelope = read(
                HI,
                ",\"context_management\":{\"edits\":[]},\"thinking\":{\"type\":\"adaptive\"}",
                Map.of("anthropic-beta", "context-management-2025-06-27"));
        assertThat(access.headers(envelope, true))
                .containsOnlyKeys("anthropic-version", "accept-language")
                .containsEntry("anthropic-version", "2023-06-01");
        var body = requireNonNull(access.surface().passthrough(envelope, TARGET));
        assertThat(body.dropped()).containsExactly("context_management");
        assertThat(new String(body.bytes(), UTF_8))
                .isEqualTo("{\"model\":\"glm-5.2\",\"max_tokens\":9,\"messages\":[" + HI
                        + "],\"thinking\":{\"type\":\"adaptive\"}}");
    }

    @Test
    void aSystemTurnBecomesMarkedUserText() {
        var body = requireNonNull(access.surface()
                .passthrough(read(HI + ",{\"role\": \"system\",\"content\":\"now \\\"x\\\"\"}", "", Map.of()), TARGET));
        assertThat(new String(body.bytes(), UTF_8))
                .contains(
                        "{\"role\": \"user\",\"content\":\"<system-reminder>\\nnow \\\"x\\\"\\n</system-reminder>\"}");
        assertThat(access.surface()
                        .passthrough(
                                read(
                                        HI + ",{\"role\":\"system\",\"content\":[{\"type\":\"text\",\"text\":\"s\"}]}",
                                        "",
                                        Map.of()),
                                TARGET))
                .as("blocks are translated")
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "end_turn, STOP, end_turn",
        "sensitive, CONTENT_FILTER, refusal",
        "model_context_window_exceeded, CONTEXT_WINDOW, model_context_window_exceeded"
    })
    void stopReasonsAreReadableOnBothLanes(String word, Finish.Reason reason, String shown) {
        byte[] answer = ("{\"model\":\"glm\",\"content\":[{\"type\":\"text\",\"text\":\"a\"}],\"stop_reason\":\"" + word
                        + "\"}")
                .getBytes(UTF_8);
        var passed = access.surface().passthroughAnswer(answer, REPLY, TARGET);
        assertThat(requireNonNull(passed.finish()).reason()).isEqualTo(reason);
        assertThat(Wire.json(passed.body()).path("stop_reason").asText()).isEqualTo(shown);
        assertThat(access.surface().decode(answer, TARGET).finish().reason()).isEqualTo(reason);
        String event = "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"" + word
                + "\"}}\n\n";
        assertThat(Wire.tap(access.surface().passthroughStream(REPLY, TARGET), event)
                        .out())
                .isEqualTo(event.replace(word, shown));
    }

    @Test
    void aNetworkErrorIsNoFinish() {
        String event =
                "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"network_error\"}}\n\n";
        var tapped = Wire.tap(access.surface().passthroughStream(REPLY, TARGET), event);
        assertThat(requireNonNull(tapped.failure()).type()).isEqualTo(FailureClass.STREAM_BROKEN);
        assertThat(tapped.out()).isEmpty();
        String stop = "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
        assertThat(Wire.decode(access.surface().streamDecoder(TARGET), event + stop)
                        .getLast())
                .isInstanceOf(ChatEvent.Failed.class);
    }

    @ParameterizedTest
    @CsvSource({
        "rate_limit_error, '[1302] too many', RATE",
        "1113, no money, QUOTA",
        "api_error, code 1305 busy, OVERLOAD"
    })
    void theCodeIsFoundInTypeOrText(String type, String message, FailureClass expected) {
        String body = "{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\"" + message + "\"}}";
        assertThat(access.failures().of(Replies.json(429, body)).type()).isEqualTo(expected);
        var tapped =
                Wire.tap(access.surface().passthroughStream(REPLY, TARGET), "event: error\ndata: " + body + "\n\n");
        assertThat(requireNonNull(tapped.failure()).type()).isEqualTo(expected);
    }

    @Test
    void itsSealsAreItsOwn() {
        byte[] answer =
                ("{\"model\":\"glm\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"t\",\"signature\":\"z\"},"
                                + "{\"type\":\"text\",\"text\":\"a\"}],\"stop_reason\":\"end_turn\"}")
                        .getBytes(UTF_8);
        var seal = ProviderSignature.of("zhipu", SignatureKind.SIGNATURE, "z");
        assertThat(access.surface().decode(answer, TARGET).parts())
                .isEqualTo(List.of(new Part.Reasoning("t", ReasoningForm.FULL, seal), new Part.Text("a")));
        var back = read(
                HI + ",{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"t\",\"signature\":\""
                        + seal.packed() + "\"},{\"type\":\"text\",\"text\":\"a\"}]}",
                "",
                Map.of());
        assertThat(new String(
                        requireNonNull(access.surface().passthrough(back, TARGET))
                                .bytes(),
                        UTF_8))
                .contains("\"signature\":\"z\"");
    }
}
