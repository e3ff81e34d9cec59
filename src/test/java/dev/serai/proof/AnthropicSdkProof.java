package dev.serai.proof;

import static dev.serai.testkit.Scripts.chunk;
import static dev.serai.testkit.Scripts.data;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.InternalServerException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.errors.SseException;
import com.anthropic.errors.UnauthorizedException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import dev.serai.testkit.FakeUpstream;
import dev.serai.testkit.FakeUpstream.Script;
import dev.serai.testkit.Gateway;
import dev.serai.testkit.MessageScripts;
import dev.serai.testkit.RoutesYaml;
import dev.serai.testkit.Scripts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Anthropic's own Java client, which checks every answer against its types, sees Anthropic whatever stands behind. */
class AnthropicSdkProof {

    private static final String MODEL = "public/model";

    private final FakeUpstream upstream = new FakeUpstream();
    private final Gateway gateway = Gateway.shared();
    private final List<AnthropicClient> clients = new ArrayList<>();

    /** What stands between the client and its model. */
    enum Way {
        ANTHROPIC_PASSES,
        ANTHROPIC_TRANSLATED,
        OPENAI_TRANSLATED;

        String config(FakeUpstream upstream) {
            String kind = this == OPENAI_TRANSLATED ? "openai" : "anthropic";
            String provider = RoutesYaml.provider(kind, upstream, "OPENAI_KEY_1");
            return this == ANTHROPIC_TRANSLATED
                    ? RoutesYaml.translated(MODEL, provider)
                    : RoutesYaml.entry(MODEL, provider);
        }

        Script pick(Script anthropic, Script openai) {
            return this == OPENAI_TRANSLATED ? openai : anthropic;
        }
    }

    /** The form of a structured answer. */
    static final class Place {
        public String city = "";
        public int degrees;
    }

    @AfterEach
    void close() {
        clients.forEach(AnthropicClient::close);
        upstream.close();
    }

    private AnthropicClient client(Way way, Script... scripts) {
        gateway.configure(way.config(upstream));
        upstream.now(scripts);
        return client(Gateway.KEY);
    }

    private AnthropicClient client(String key) {
        var client = AnthropicOkHttpClient.builder()
                .baseUrl(gateway.url())
                .apiKey(key)
                .maxRetries(0)
                .responseValidation(true)
                .build();
        clients.add(client);
        return client;
    }

    private static MessageCreateParams.Builder ask() {
        return MessageCreateParams.builder().model(MODEL).maxTokens(2048).addUserMessage("How warm is it?");
    }

    private static MessageCreateParams.Builder askWithTool() {
        return ask().addTool(Tool.builder()
                .name("weather")
                .description("The weather in a city")
                .inputSchema(Tool.InputSchema.builder()
                        .properties(Tool.InputSchema.Properties.builder()
                                .putAdditionalProperty("city", JsonValue.from(Map.of("type", "string")))
                                .build())
                        .build())
                .build());
    }

    private static String text(Message message) {
        return message.content().stream()
                .flatMap(block -> block.text().stream())
                .map(block -> block.text())
                .reduce("", String::concat);
    }

    private static List<ToolUseBlock> calls(Message message) {
        return message.content().stream()
                .flatMap(block -> block.toolUse().stream())
                .toList();
    }

    private static Message stream(AnthropicClient client, MessageCreateParams asked) {
        var whole = MessageAccumulator.create();
        try (var stream = client.messages().createStreaming(asked)) {
            stream.stream().forEach(whole::accumulate);
        }
        return whole.message();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aWholeAnswerIsReadWithItsUsage(Way way) {
        var answer = client(way, way.pick(MessageScripts.says("Mild."), Scripts.says("Mild.")))
                .messages()
                .create(ask().build());
        assertThat(answer.model().asString()).isEqualTo(MODEL);
        assertThat(text(answer)).isEqualTo("Mild.");
        assertThat(answer.stopReason()).contains(StopReason.END_TURN);
        assertThat(List.of(answer.usage().inputTokens(), answer.usage().outputTokens()))
                .containsExactly(5L, 7L);
        assertThat(upstream.journal().getFirst().body()).contains("\"upstream-model\"", "How warm is it?");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aStreamAccumulatesToTheWholeAnswer(Way way) {
        var client =
                client(way, way.pick(MessageScripts.streams("It is ", "mild."), Scripts.streams("It is ", "mild.")));
        var answer = stream(client, ask().build());
        assertThat(answer.model().asString()).isEqualTo(MODEL);
        assertThat(text(answer)).isEqualTo("It is mild.");
        assertThat(answer.stopReason()).contains(StopReason.END_TURN);
        assertThat(answer.usage().outputTokens()).isEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aToolIsCalledAndItsResultSentBack(Way way) {
        var calls = way.pick(
                Scripts.status(
                        200,
                        MessageScripts.message("\"tool_use\"", MessageScripts.call("call_a", "{\"city\":\"Oslo\"}"))),
                Scripts.status(200, SdkProof.CALLS));
        var client = client(way, calls, way.pick(MessageScripts.says("Four degrees."), Scripts.says("Four degrees.")));
        var first = client.messages().create(askWithTool().build());
        assertThat(first.stopReason()).contains(StopReason.TOOL_USE);
        var call = calls(first).getFirst();
        assertThat(call.name()).isEqualTo("weather");
        assertThat(call._input().convert(Map.class)).isEqualTo(Map.of("city", "Oslo"));
        var second = client.messages()
                .create(askWithTool()
                        .addMessage(first)
                        .addUserMessageOfContentBlockParams(
                                List.of(ContentBlockParam.ofToolResult(ToolResultBlockParam.builder()
                                        .toolUseId(call.id())
                                        .content("4 °C")
                                        .build())))
                        .build());
        assertThat(text(second)).isEqualTo("Four degrees.");
        assertThat(upstream.journal().getLast().body()).contains("\"call_a\"", "4 °C", "Oslo");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void parallelCallsInAStreamStayApart(Way way) {
        var anthropic = new ArrayList<String>();
        anthropic.add(MessageScripts.start());
        for (int i = 0; i < 2; i++) {
            anthropic.add(MessageScripts.blockStart(i, MessageScripts.call(i == 0 ? "call_a" : "call_b", "{}")));
            anthropic.add(MessageScripts.delta(i, "input_json_delta", "partial_json", "{\\\"city\\\":"));
            anthropic.add(MessageScripts.delta(
                    i, "input_json_delta", "partial_json", i == 0 ? "\\\"Oslo\\\"}" : "\\\"Rome\\\"}"));
            anthropic.add(MessageScripts.blockStop(i));
        }
        anthropic.addAll(MessageScripts.end("tool_use"));
        var openai = List.of(
                data(chunk(SdkProof.CALLS_HEAD, "null")),
                data(chunk(
                        SdkProof.CALLS_HEAD
                                .replace("\"index\":0", "\"index\":1")
                                .replace("call_a", "call_b"),
                        "null")),
                data(chunk(SdkProof.arguments(1, "{\\\"city\\\":"), "null")),
                data(chunk(SdkProof.arguments(0, "{\\\"city\\\":\\\"Oslo\\\"}"), "null")),
                data(chunk(SdkProof.arguments(1, "\\\"Rome\\\"}"), "null")),
                data(chunk("{}", "\"tool_calls\"")),
                Scripts.usage(),
                data("[DONE]"));
        var client = client(way, way.pick(Scripts.streams(anthropic), Scripts.streams(openai)));
        var answer = stream(client, askWithTool().build());
        assertThat(answer.stopReason()).contains(StopReason.TOOL_USE);
        assertThat(calls(answer)).extracting(ToolUseBlock::id).containsExactly("call_a", "call_b");
        assertThat(calls(answer))
                .extracting(call -> call._input().convert(Map.class))
                .isEqualTo(List.of(Map.of("city", "Oslo"), Map.of("city", "Rome")));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void thinkingComesWithItsSealAndGoesBackWithIt(Way way) {
        String sealed = way == Way.OPENAI_TRANSLATED ? "" : "EqQB";
        var anthropic = new ArrayList<String>();
        anthropic.add(MessageScripts.start());
        anthropic.add(MessageScripts.blockStart(0, "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}"));
        anthropic.add(MessageScripts.delta(0, "thinking_delta", "thinking", "Let me see."));
        anthropic.add(MessageScripts.delta(0, "signature_delta", "signature", "EqQB"));
        anthropic.add(MessageScripts.blockStop(0));
        anthropic.add(MessageScripts.blockStart(1, MessageScripts.text("")));
        anthropic.add(MessageScripts.delta(1, "text_delta", "text", "Mild."));
        anthropic.add(MessageScripts.blockStop(1));
        anthropic.addAll(MessageScripts.end("end_turn"));
        var openai = new ArrayList<String>();
        openai.add(data(chunk("{\"role\":\"assistant\",\"reasoning_content\":\"Let me see.\"}", "null")));
        openai.add(data(chunk("{\"content\":\"Mild.\"}", "null")));
        openai.addAll(List.of(data(chunk("{}", "\"stop\"")), Scripts.usage(), data("[DONE]")));
        var client = client(
                way,
                way.pick(Scripts.streams(anthropic), Scripts.streams(openai)),
                way.pick(MessageScripts.says("Yes."), Scripts.says("Yes.")));
        var asked = ask().enabledThinking(1024);
        var answer = stream(client, asked.build());
        var thinking = answer.content().getFirst().thinking().orElseThrow();
        assertThat(thinking.thinking()).isEqualTo("Let me see.");
        assertThat(thinking.signature()).isEqualTo(sealed);
        assertThat(text(answer)).isEqualTo("Mild.");
        client.messages()
                .create(ask().enabledThinking(1024)
                        .addMessage(answer)
                        .addUserMessage("Sure?")
                        .build());
        String sent = upstream.journal().getLast().body();
        assertThat(sent).contains("Let me see.");
        assertThat(sent.contains("EqQB")).isEqualTo(way != Way.OPENAI_TRANSLATED);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aStructuredAnswerIsReadIntoItsType(Way way) {
        String json = "{\\\"city\\\":\\\"Oslo\\\",\\\"degrees\\\":4}";
        var answer = client(way, way.pick(MessageScripts.says(json), Scripts.says(json)))
                .messages()
                .create(ask().outputConfig(Place.class).build());
        var place = answer.content().getFirst().text().orElseThrow().text();
        assertThat(place.city).isEqualTo("Oslo");
        assertThat(place.degrees).isEqualTo(4);
        assertThat(upstream.journal().getFirst().body()).contains("json_schema", "degrees");
    }

    @Test
    void anUnknownKeyIsUnauthorized() {
        client(Way.ANTHROPIC_PASSES);
        var failure = failure(client("pk_unknown"), UnauthorizedException.class);
        assertThat(failure.statusCode()).isEqualTo(401);
    }

    @Test
    void anUnknownModelIsNotFound() {
        var client = client(Way.ANTHROPIC_PASSES);
        var unknown = ask().model("nobody").build();
        assertThat(catchThrowableOfType(
                        NotFoundException.class, () -> client.messages().create(unknown)))
                .hasMessageContaining("nobody");
    }

    @Test
    void aRequestOfAWrongFormIsABadRequestThatNamesTheField() {
        var client = client(Way.OPENAI_TRANSLATED, Scripts.says("never"));
        var wrong = ask().putAdditionalBodyProperty("stop_sequences", JsonValue.from("END"))
                .build();
        assertThat(catchThrowableOfType(
                        BadRequestException.class, () -> client.messages().create(wrong)))
                .hasMessageContaining("stop_sequences");
        assertThat(upstream.journal()).isEmpty();
    }

    static Stream<Object[]> upstreamFailures() {
        return Stream.of(
                new Object[] {
                    MessageScripts.error(400, "invalid_request_error", "x: wrong"),
                    BadRequestException.class,
                    400,
                    "invalid_request_error"
                },
                new Object[] {
                    MessageScripts.error(400, "invalid_request_error", "prompt is too long: 9 tokens > 8 maximum"),
                    BadRequestException.class,
                    400,
                    "prompt is too long"
                },
                new Object[] {
                    MessageScripts.error(404, "not_found_error", "model: x"),
                    NotFoundException.class,
                    404,
                    "not_found_error"
                },
                new Object[] {
                    MessageScripts.error(401, "authentication_error", "x"),
                    InternalServerException.class,
                    529,
                    "overloaded_error"
                },
                new Object[] {
                    MessageScripts.error(429, "rate_limit_error", "x", "retry-after: 9"),
                    InternalServerException.class,
                    529,
                    "overloaded_error"
                },
                new Object[] {
                    MessageScripts.error(500, "api_error", "x"), InternalServerException.class, 502, "api_error"
                },
                new Object[] {
                    MessageScripts.error(504, "timeout_error", "x"), InternalServerException.class, 504, "timeout_error"
                });
    }

    @ParameterizedTest
    @MethodSource("upstreamFailures")
    void anUpstreamsFailureIsTypedAsTheCallersOrTheServers(
            Script script, Class<? extends AnthropicServiceException> type, int status, String words) {
        var failure = failure(client(Way.ANTHROPIC_PASSES, script), type);
        assertThat(failure.statusCode()).isEqualTo(status);
        assertThat(failure.body().toString()).contains(words);
        assertThat(failure.headers().values("request-id")).hasSize(1);
        if (status == 529) {
            assertThat(failure.headers().values("retry-after")).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void anErrorAfterTheFirstWordsIsThrownByTheStream(Way way) {
        var client = client(
                way,
                way.pick(
                        Scripts.streams(List.of(
                                MessageScripts.start(),
                                MessageScripts.blockStart(0, MessageScripts.text("")),
                                MessageScripts.delta(0, "text_delta", "text", "It is "),
                                "event: error\ndata: " + MessageScripts.errorBody("api_error", "boom") + "\n\n")),
                        Scripts.streams(List.of(
                                data(chunk("{\"role\":\"assistant\",\"content\":\"It is \"}", "null")),
                                data("{\"error\":{\"message\":\"boom\",\"code\":\"server_error\"}}")))));
        var heard = new StringBuilder();
        var failure = catchThrowableOfType(SseException.class, () -> {
            try (var stream = client.messages().createStreaming(ask().build())) {
                stream.stream()
                        .forEach(event -> event.contentBlockDelta()
                                .flatMap(delta -> delta.delta().text())
                                .ifPresent(delta -> heard.append(delta.text())));
            }
        });
        assertThat(heard).hasToString("It is ");
        assertThat(failure.body().toString()).contains("api_error").doesNotContain("boom");
    }

    private static <T extends AnthropicServiceException> T failure(AnthropicClient client, Class<T> type) {
        return catchThrowableOfType(type, () -> client.messages().create(ask().build()));
    }
}
