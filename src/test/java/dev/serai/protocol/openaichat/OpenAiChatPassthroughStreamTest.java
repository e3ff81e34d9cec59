package dev.serai.protocol.openaichat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.message.FailureClass;
import dev.serai.message.Finish;
import dev.serai.message.Usage;
import dev.serai.protocol.PassthroughStream;
import dev.serai.protocol.Reply;
import dev.serai.stream.ByteSink;
import dev.serai.testkit.Metered;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiChatPassthroughStreamTest {

    private static final OpenAiChatSurface SURFACE = new OpenAiChatSurface();
    private static final Reply ASKED = new Reply("r", "gw/a", true, true);
    private static final Reply NOT_ASKED = new Reply("r", "gw/a", true, false);

    @Test
    void onlyTheTopLevelModelIsReplaced() {
        var tap = tap(ASKED);
        var tapped = Wire.tap(
                tap,
                "data:  {\"x\":{\"model\":\"m\"}, \"model\" : \"m\",\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n");
        assertThat(tapped.out())
                .isEqualTo(
                        "data:  {\"x\":{\"model\":\"m\"}, \"model\" : \"gw/a\",\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n");
    }

    @Test
    void interleavedCallsWithCarriageReturnsPassAndCommentsDoNot() {
        String stream =
                new String(Wire.bytes("openai-chat/native/openai-compatible-interleaved-tools.stream.txt"), UTF_8);
        var tap = tap(ASKED);
        var tapped = Wire.tap(tap, stream);
        assertThat(tapped.failure()).isNull();
        assertThat(tapped.out())
                .isEqualTo(stream.substring(stream.indexOf("data:")).replace("\"compat-1\"", "\"gw/a\""));
        assertThat(tap.complete()).isTrue();
        assertThat(tap.finish()).isEqualTo(Finish.of(Finish.Reason.TOOL_CALLS, "tool_calls"));
        assertThat(tap.usage()).isNull();
        assertThat(tap.outputTokens()).isEqualTo(Metered.tokens("get_weatherget_time{\"city\":\"Oslo\"}{}"));
    }

    @Test
    void usageChunkThatTheGatewayAskedForIsHidden() {
        String stream = new String(Wire.bytes("openai-chat/native/openai-chat.stream.txt"), UTF_8);
        var tap = tap(NOT_ASKED);
        String out = Wire.tap(tap, stream).out();
        assertThat(Wire.events(out)).hasSize(Wire.events(stream).size() - 1);
        assertThat(out).doesNotContain("prompt_tokens").endsWith("data: [DONE]\n\n");
        assertThat(tap.usage()).isEqualTo(new Usage(9, 0, 0, 2, 0, false));
        assertThat(Wire.events(Wire.tap(tap(ASKED), stream).out())).hasSameSizeAs(Wire.events(stream));
    }

    @Test
    void roleAndUsageAreNoContent() {
        var tap = tap(ASKED);
        Wire.tap(tap, "data: {\"choices\":[],\"prompt_filter_results\":[]}\n\n");
        Wire.tap(
                tap,
                "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[]}}]}\n\n");
        Wire.tap(tap, "data: {\"choices\":[{\"delta\":null}],\"usage\":null,\"error\":null}\n\n");
        assertThat(tap.contentSeen()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"content\":\"a\"}",
                "{\"content\":[{\"type\":\"text\",\"text\":\"a\"}]}",
                "{\"reasoning_content\":\"a\"}",
                "{\"reasoning\":\"a\"}",
                "{\"refusal\":\"a\"}",
                "{\"tool_calls\":[{\"index\":0,\"id\":\"c\"}]}",
                "{\"function_call\":{\"name\":\"f\"}}",
                "{\"audio\":{\"data\":\"AAAA\"}}"
            })
    void contentIsSeen(String delta) {
        var tap = tap(ASKED);
        assertThat(Wire.tap(tap, "data: {\"choices\":[{\"index\":0,\"delta\":" + delta + "}]}\n\n")
                        .failure())
                .isNull();
        assertThat(tap.contentSeen()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: {\"error\":{\"message\":\"boom\",\"code\":500}}\n\n",
                "data: {\"error\":\"boom\"}\n\n",
                "event: error\ndata: {\"message\":\"boom\"}\n\n",
                "data: not json\n\n",
                "data: {\"choices\":[\n\n",
                "data: {\"choices\":[]} tail\n\n",
                "data: [1]\n\n",
                "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"error\"}]}\n\n",
                "data: [DONE]\n\n"
            })
    void brokenEventIsAFailureAndNotShown(String event) {
        var tapped = Wire.tap(tap(ASKED), event);
        assertThat(tapped.out()).isEmpty();
        assertThat(Objects.requireNonNull(tapped.failure()).type()).isEqualTo(FailureClass.STREAM_BROKEN);
    }

    @Test
    void errorCodeInsideTheStreamTellsTheClass() {
        var tapped = Wire.tap(tap(ASKED), "data: {\"error\":{\"message\":\"m\",\"code\":\"rate_limit_exceeded\"}}\n\n");
        assertThat(Objects.requireNonNull(tapped.failure()).type()).isEqualTo(FailureClass.RATE);
        assertThat(Objects.requireNonNull(tapped.failure()).message()).doesNotContain("boom");
    }

    @Test
    void endWithoutFinishIsAFailureAndWithFinishGetsTheSentinel() {
        var cut = tap(ASKED);
        Wire.tap(cut, "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}\n\n");
        var out = new ByteSink(64);
        assertThat(Objects.requireNonNull(cut.end(out)).type()).isEqualTo(FailureClass.STREAM_BROKEN);
        assertThat(out.isEmpty()).isTrue();
        assertThat(cut.complete()).isFalse();

        var whole = tap(ASKED);
        Wire.tap(
                whole,
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}\n\n");
        assertThat(whole.end(out)).isNull();
        assertThat(out.toString()).isEqualTo("data: [DONE]\n\n");
        assertThat(whole.complete()).isTrue();
    }

    @Test
    void everyChoiceMustFinish() {
        var tap = tap(ASKED);
        Wire.tap(tap, """
                data: {"choices":[{"index":0,"delta":{"content":"a"}},{"index":1,"delta":{"content":"b"}}]}

                data: {"choices":[{"index":1,"delta":{},"finish_reason":"length"}]}

                """);
        assertThat(tap.end(new ByteSink(8))).isNotNull();
        Wire.tap(tap, "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n");
        assertThat(tap.end(new ByteSink(8))).isNull();
        assertThat(Objects.requireNonNull(tap.finish()).reason()).isEqualTo(Finish.Reason.STOP);
    }

    @Test
    void runningTotalsKeepTheLast() {
        var tap = tap(NOT_ASKED);
        String chunk =
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"é€😀\"}}],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":%d}}\n\n";
        assertThat(Wire.tap(tap, chunk.formatted(1) + chunk.formatted(2)).out()).contains("completion_tokens\":2");
        assertThat(tap.usage()).isEqualTo(new Usage(5, 0, 0, 2, 0, false));
        assertThat(tap.outputTokens()).isEqualTo(Metered.tokens("é€😀é€😀"));
    }

    private static PassthroughStream tap(Reply reply) {
        return SURFACE.passthroughStream(reply, Wire.TARGET);
    }
}
