package dev.serai.provider.zhipu;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.message.ChatEvent;
import dev.serai.message.ChatEvent.Failed;
import dev.serai.message.FailureClass;
import dev.serai.message.Finish.Reason;
import dev.serai.message.Part;
import dev.serai.message.ReasoningForm;
import dev.serai.message.ResponseAssembly;
import dev.serai.message.ToolKind;
import dev.serai.message.Usage;
import dev.serai.protocol.Reply;
import dev.serai.protocol.openaichat.OpenAiChatSurface;
import dev.serai.protocol.openaichat.Schemas;
import dev.serai.protocol.openaichat.Wire;
import dev.serai.provider.InStreamErrors;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Zhipu's answers on both lanes. */
class ZhipuAnswersTest {

    private static final OpenAiChatSurface SURFACE =
            new OpenAiChatSurface(new ZhipuDialect(new InStreamErrors(new ZhipuFailures(), Clock.systemUTC())));
    private static final Reply ASKED = new Reply("r", "gw/a", true, true);
    private static final Reply NOT_ASKED = new Reply("r", "gw/a", true, false);
    private static final Usage USAGE = new Usage(18, 12, 0, 64, 48, false);

    @Test
    void usageOnTheFinishChunkIsSplitOffForWhoAsked() {
        String stream = stream("chat-reasoning");
        var tap = SURFACE.passthroughStream(ASKED, Wire.TARGET);
        List<String> data = Wire.data(Wire.tap(tap, stream).out());
        assertThat(data).hasSize(Wire.data(stream).size() + 1);
        JsonNode finish = Wire.json(data.get(data.size() - 3));
        JsonNode usage = Wire.json(data.get(data.size() - 2));
        assertThat(finish.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(finish.path("usage").isNull()).isTrue();
        assertThat(usage.path("choices")).isEmpty();
        assertThat(usage.at("/usage/completion_tokens_details/reasoning_tokens").asInt())
                .isEqualTo(48);
        assertThat(usage.path("id")).isEqualTo(finish.path("id"));
        assertThat(usage.path("model").asText()).isEqualTo("gw/a");
        assertThat(Schemas.openAi("CreateChatCompletionStreamResponse", usage)).isEmpty();
        assertThat(tap.usage()).isEqualTo(USAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat-reasoning", "chat-tools-tool_stream-false", "chat-tools-tool_stream-true"})
    void streamPassesByteForByteWhenNobodyAskedForUsage(String name) {
        String stream = stream(name);
        var tapped = Wire.tap(SURFACE.passthroughStream(NOT_ASKED, Wire.TARGET), stream);
        assertThat(tapped.failure()).isNull();
        assertThat(tapped.out()).isEqualTo(String.join("", Wire.events(stream)).replace("glm-5.2", "gw/a"));
    }

    @Test
    void sensitiveStopIsAContentFilter() {
        var tap = SURFACE.passthroughStream(ASKED, Wire.TARGET);
        var tapped = Wire.tap(tap, stream("chat-sensitive"));
        assertThat(tapped.out())
                .contains("\"finish_reason\":\"content_filter\"")
                .doesNotContain("sensitive");
        assertThat(requireNonNull(tap.finish()).reason()).isEqualTo(Reason.CONTENT_FILTER);
        assertThat(events("chat-sensitive").getLast())
                .isInstanceOfSatisfying(
                        ChatEvent.Finished.class,
                        it -> assertThat(it.finish().reason()).isEqualTo(Reason.CONTENT_FILTER));
    }

    @Test
    void fullContextIsALength() {
        String stream = stream("chat-sensitive").replace("\"sensitive\"", "\"model_context_window_exceeded\"");
        var tap = SURFACE.passthroughStream(NOT_ASKED, Wire.TARGET);
        assertThat(Wire.tap(tap, stream).out()).contains("\"finish_reason\":\"length\"");
        assertThat(requireNonNull(tap.finish()).reason()).isEqualTo(Reason.CONTEXT_WINDOW);
    }

    @Test
    void networkErrorIsAFailureAndNoFinish() {
        String stream = stream("chat-sensitive").replace("\"sensitive\"", "\"network_error\"");
        var tapped = Wire.tap(SURFACE.passthroughStream(ASKED, Wire.TARGET), stream);
        assertThat(requireNonNull(tapped.failure()).type()).isEqualTo(FailureClass.STREAM_BROKEN);
        assertThat(tapped.out()).doesNotContain("network_error").doesNotContain("[DONE]");
        assertThat(Wire.decode(SURFACE.streamDecoder(Wire.TARGET), stream).getLast())
                .isInstanceOf(Failed.class);
    }

    @Test
    void errorInTheStreamHasTheClassOfItsCode() {
        var tapped = Wire.tap(SURFACE.passthroughStream(ASKED, Wire.TARGET), stream("error-in-stream"));
        assertThat(requireNonNull(tapped.failure()).type()).isEqualTo(FailureClass.UPSTREAM);
        String busy = stream("error-in-stream").replace("1234", "1305");
        assertThat(requireNonNull(Wire.tap(SURFACE.passthroughStream(ASKED, Wire.TARGET), busy)
                                .failure())
                        .type())
                .isEqualTo(FailureClass.OVERLOAD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat-tools-tool_stream-false", "chat-tools-tool_stream-true"})
    void callsArriveWholeHoweverTheyAreStreamed(String name) {
        var assembly = new ResponseAssembly();
        events(name).forEach(assembly::accept);
        assertThat(assembly.response().parts())
                .containsExactly(
                        new Part.Reasoning("I need the weather.", ReasoningForm.FULL, null),
                        new Part.ToolCall("call_-8123", "get_weather", ToolKind.FUNCTION, "{\"city\":\"Oslo\"}", null));
        assertThat(assembly.response().usage()).isEqualTo(USAGE);
        assertThat(assembly.response().finish().reason()).isEqualTo(Reason.TOOL_CALLS);
    }

    @Test
    void wholeAnswerIsReadOnBothLanes() {
        byte[] body = Wire.bytes("zhipu/chat.response.json");
        var passed = SURFACE.passthroughAnswer(body, ASKED, Wire.TARGET);
        assertThat(new String(passed.body(), UTF_8))
                .isEqualTo(new String(body, UTF_8).replace("\"glm-5.2\"", "\"gw/a\""));
        assertThat(passed.usage()).isEqualTo(new Usage(18, 0, 0, 64, 48, false));
        JsonNode translated = Wire.json(Wire.PROTOCOL.encode(SURFACE.decode(body, Wire.TARGET), ASKED));
        assertThat(Schemas.openAi("CreateChatCompletionResponse", translated)).isEmpty();
        assertThat(translated.at("/choices/0/message/reasoning_content").asText())
                .isEqualTo("91 = 7 × 13, so it has factors.");
    }

    @Test
    void translatedAnswerHasWhatZhipuLeavesOut() {
        byte[] body = new String(Wire.bytes("zhipu/chat-web-search.response.json"), UTF_8)
                .replace("\"created\": 1764000000,", "")
                .getBytes(UTF_8);
        JsonNode translated = Wire.json(Wire.PROTOCOL.encode(SURFACE.decode(body, Wire.TARGET), ASKED));
        assertThat(translated.path("object").asText()).isEqualTo("chat.completion");
        assertThat(translated.path("created").asLong()).isEqualTo(1_764_000_000L);
        assertThat(Schemas.openAi("CreateChatCompletionResponse", translated)).isEmpty();
    }

    @Test
    void brokenWholeAnswerIsAFailure() {
        byte[] body = new String(Wire.bytes("zhipu/chat.response.json"), UTF_8)
                .replace("\"stop\"", "\"network_error\"")
                .getBytes(UTF_8);
        assertThat(SURFACE.passthroughAnswer(body, ASKED, Wire.TARGET).failure())
                .isNotNull();
    }

    private static List<ChatEvent> events(String name) {
        return Wire.decode(SURFACE.streamDecoder(Wire.TARGET), stream(name));
    }

    private static String stream(String name) {
        return new String(Wire.bytes("zhipu/" + name + ".stream.txt"), UTF_8);
    }
}
