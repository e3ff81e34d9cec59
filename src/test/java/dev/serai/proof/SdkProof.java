package dev.serai.proof;

import static dev.serai.testkit.Scripts.chunk;
import static dev.serai.testkit.Scripts.data;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.PermissionDeniedException;
import com.openai.errors.SseException;
import com.openai.errors.UnauthorizedException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.models.Model;
import dev.serai.tenant.KeyDigest;
import dev.serai.testkit.FakeUpstream;
import dev.serai.testkit.FakeUpstream.Script;
import dev.serai.testkit.Gateway;
import dev.serai.testkit.RoutesYaml;
import dev.serai.testkit.Scripts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** OpenAI's own Java client, which checks every answer against its types, sees OpenAI behind either kind and lane. */
class SdkProof {

    private static final String MODEL = "public/model";
    static final String CALLS_HEAD =
            "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"index\":0,\"id\":\"call_a\",\"type\":\"function\","
                    + "\"function\":{\"name\":\"weather\",\"arguments\":\"\"}}]}";
    static final String CALLS = "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1764000000,"
            + "\"model\":\"upstream-model\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":null,"
            + "\"refusal\":null,\"tool_calls\":[{\"id\":\"call_a\",\"type\":\"function\",\"function\":{\"name\":\"weather\","
            + "\"arguments\":\"{\\\"city\\\":\\\"Oslo\\\"}\"}}]},\"logprobs\":null,\"finish_reason\":\"tool_calls\"}],"
            + "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":7,\"total_tokens\":12}}";

    private final FakeUpstream upstream = new FakeUpstream();
    private final Gateway gateway = Gateway.shared();
    private final List<OpenAIClient> clients = new ArrayList<>();

    /** What stands between the client and its model. */
    enum Way {
        OPENAI_PASSES,
        OPENAI_TRANSLATED,
        ZHIPU_PASSES,
        ZHIPU_TRANSLATED;

        String config(FakeUpstream upstream) {
            String provider =
                    RoutesYaml.provider(name().startsWith("OPENAI") ? "openai" : "zhipu", upstream, "OPENAI_KEY_1");
            return name().endsWith("PASSES")
                    ? RoutesYaml.entry(MODEL, provider)
                    : RoutesYaml.translated(MODEL, provider);
        }
    }

    /** The form of a structured answer. */
    static final class Place {
        public String city = "";
        public int degrees;
    }

    @AfterEach
    void close() {
        clients.forEach(OpenAIClient::close);
        upstream.close();
    }

    private OpenAIClient client(Way way, Script... scripts) {
        gateway.configure(way.config(upstream));
        upstream.now(scripts);
        return client(Gateway.KEY);
    }

    private OpenAIClient client(String key) {
        var client = OpenAIOkHttpClient.builder()
                .baseUrl(gateway.url() + "/v1")
                .apiKey(key)
                .maxRetries(0)
                .responseValidation(true)
                .build();
        clients.add(client);
        return client;
    }

    private static ChatCompletionCreateParams.Builder ask() {
        return ChatCompletionCreateParams.builder().model(MODEL).addUserMessage("How warm is it?");
    }

    private static ChatCompletionCreateParams.Builder askWithTool() {
        return ask().addFunctionTool(FunctionDefinition.builder()
                .name("weather")
                .description("The weather in a city")
                .parameters(FunctionParameters.builder()
                        .putAdditionalProperty("type", JsonValue.from("object"))
                        .putAdditionalProperty("properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                        .build())
                .build());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aWholeAnswerIsReadWithItsUsage(Way way) {
        var answer = client(way, Scripts.says("Mild.")).chat().completions().create(ask().build());
        assertThat(answer.model()).isEqualTo(MODEL);
        assertThat(answer.choices().getFirst().message().content()).contains("Mild.");
        assertThat(answer.choices().getFirst().finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
        var usage = answer.usage().orElseThrow();
        assertThat(List.of(usage.promptTokens(), usage.completionTokens(), usage.totalTokens()))
                .containsExactly(5L, 7L, 12L);
        assertThat(upstream.journal().getFirst().body()).contains("\"upstream-model\"", "How warm is it?");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aStreamAccumulatesToTheWholeAnswer(Way way) {
        var asked = ask().streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build());
        var answer = stream(client(way, Scripts.streams("It is ", "mild.")), asked.build());
        assertThat(answer.model()).isEqualTo(MODEL);
        assertThat(answer.choices().getFirst().message().content()).contains("It is mild.");
        assertThat(answer.choices().getFirst().finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
        assertThat(answer.usage().orElseThrow().totalTokens()).isEqualTo(12);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aToolIsCalledAndItsResultSentBack(Way way) {
        var client = client(way, Scripts.status(200, CALLS), Scripts.says("Four degrees."));
        var first = client.chat()
                .completions()
                .create(askWithTool().build())
                .choices()
                .getFirst();
        assertThat(first.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
        var call = first.message().toolCalls().orElseThrow().getFirst().asFunction();
        assertThat(call.function().name()).isEqualTo("weather");
        assertThat(call.function().arguments()).isEqualTo("{\"city\":\"Oslo\"}");
        var second = client.chat()
                .completions()
                .create(askWithTool()
                        .addMessage(first.message())
                        .addMessage(ChatCompletionToolMessageParam.builder()
                                .toolCallId(call.id())
                                .content("4 °C")
                                .build())
                        .build());
        assertThat(second.choices().getFirst().message().content()).contains("Four degrees.");
        assertThat(upstream.journal().getLast().body())
                .contains("\"tool_call_id\":\"call_a\"", "4 °C", "{\\\"city\\\":\\\"Oslo\\\"}");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void parallelCallsInAStreamStayApart(Way way) {
        var client = client(
                way,
                Scripts.streams(List.of(
                        data(chunk(CALLS_HEAD, "null")),
                        data(chunk(arguments(0, "{\\\"city\\\":"), "null")),
                        data(chunk(arguments(0, "\\\"Oslo\\\"}"), "null")),
                        data(chunk(
                                CALLS_HEAD.replace("\"index\":0", "\"index\":1").replace("call_a", "call_b"), "null")),
                        data(chunk(arguments(1, "{\\\"city\\\":\\\"Rome\\\"}"), "null")),
                        data(chunk("{}", "\"tool_calls\"")),
                        Scripts.usage(),
                        data("[DONE]"))));
        var choice = stream(client, askWithTool().build()).choices().getFirst();
        assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
        assertThat(choice.message().toolCalls().orElseThrow())
                .extracting(call -> call.asFunction())
                .extracting(
                        ChatCompletionMessageFunctionToolCall::id,
                        call -> call.function().arguments())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("call_a", "{\"city\":\"Oslo\"}"),
                        org.assertj.core.groups.Tuple.tuple("call_b", "{\"city\":\"Rome\"}"));
    }

    static String arguments(int index, String fragment) {
        return "{\"tool_calls\":[{\"index\":" + index + ",\"function\":{\"arguments\":\"" + fragment + "\"}}]}";
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aStructuredAnswerIsReadIntoItsType(Way way) {
        var answer = client(way, Scripts.says("{\\\"city\\\":\\\"Oslo\\\",\\\"degrees\\\":4}"))
                .chat()
                .completions()
                .create(ask().responseFormat(Place.class).build());
        var place = answer.choices().getFirst().message().content().orElseThrow();
        assertThat(place.city).isEqualTo("Oslo");
        assertThat(place.degrees).isEqualTo(4);
        assertThat(upstream.journal().getFirst().body()).contains("response_format", "degrees");
    }

    @Test
    void theModelListHoldsWhatTheKeyMayUse() {
        var client = client(Way.OPENAI_PASSES);
        assertThat(client.models().list().data()).extracting(Model::id).containsExactly(MODEL);
        assertThat(client(key("nothing-else")).models().list().data()).isEmpty();
    }

    @Test
    void aKeyThatMayNotUseTheModelIsDenied() {
        client(Way.OPENAI_PASSES, Scripts.says("never"));
        var denied = failure(client(key("nothing-else")), PermissionDeniedException.class);
        assertThat(denied.code()).contains("permission_denied");
        assertThat(upstream.journal()).isEmpty();
    }

    @Test
    void anUnknownKeyIsUnauthorized() {
        client(Way.OPENAI_PASSES);
        assertThat(failure(client("pk_unknown"), UnauthorizedException.class).code())
                .contains("invalid_api_key");
    }

    @Test
    void anUnknownModelIsNotFound() {
        var client = client(Way.OPENAI_PASSES);
        var unknown = ask().model("nobody").build();
        var failure = catchThrowableOfType(
                NotFoundException.class, () -> client.chat().completions().create(unknown));
        assertThat(failure.code()).contains("model_not_found");
        assertThat(failure.param()).contains("model");
    }

    @Test
    void aRequestOfAWrongFormIsABadRequestThatNamesTheField() {
        var client = client(Way.OPENAI_TRANSLATED, Scripts.says("never"));
        var wrong = ask().putAdditionalBodyProperty("temperature", JsonValue.from("hot"))
                .build();
        var failure = catchThrowableOfType(
                BadRequestException.class, () -> client.chat().completions().create(wrong));
        assertThat(failure.param()).contains("temperature");
        assertThat(failure.type()).contains("invalid_request_error");
        assertThat(upstream.journal()).isEmpty();
    }

    static Stream<Object[]> upstreamFailures() {
        return Stream.of(
                new Object[] {Scripts.error(400, "invalid_value"), BadRequestException.class, 400, null},
                new Object[] {
                    Scripts.error(400, "context_length_exceeded"),
                    BadRequestException.class,
                    400,
                    "context_length_exceeded"
                },
                new Object[] {Scripts.error(400, "content_filter"), BadRequestException.class, 400, "content_filter"},
                new Object[] {Scripts.error(404, "model_not_found"), NotFoundException.class, 404, "model_not_found"},
                new Object[] {Scripts.error(401, "invalid_api_key"), InternalServerException.class, 503, "overloaded"},
                new Object[] {
                    Scripts.error(429, "rate_limit_exceeded"), InternalServerException.class, 503, "overloaded"
                },
                new Object[] {Scripts.status(500, "{}"), InternalServerException.class, 502, "upstream_error"},
                new Object[] {Scripts.status(504, "{}"), InternalServerException.class, 504, "timeout"});
    }

    @ParameterizedTest
    @MethodSource("upstreamFailures")
    void anUpstreamsFailureIsTypedAsTheCallersOrTheServers(
            Script script, Class<? extends OpenAIServiceException> type, int status, String code) {
        var failure = failure(client(Way.OPENAI_PASSES, script), type);
        assertThat(failure.statusCode()).isEqualTo(status);
        assertThat(failure.code()).isEqualTo(java.util.Optional.ofNullable(code));
        assertThat(failure.headers().values("x-request-id")).hasSize(1);
        if (status == 503) {
            assertThat(failure.headers().values("retry-after")).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void anErrorAfterTheFirstWordsIsThrownByTheStream(Way way) {
        var client = client(
                way,
                Scripts.streams(List.of(
                        data(chunk("{\"role\":\"assistant\",\"content\":\"It is \"}", "null")),
                        data("{\"error\":{\"message\":\"boom\",\"code\":\"server_error\"}}"))));
        var heard = new StringBuilder();
        var failure = catchThrowableOfType(SseException.class, () -> {
            try (var stream = client.chat().completions().createStreaming(ask().build())) {
                stream.stream()
                        .forEach(chunk -> chunk.choices()
                                .forEach(choice ->
                                        heard.append(choice.delta().content().orElse(""))));
            }
        });
        assertThat(heard).hasToString("It is ");
        assertThat(failure.code()).contains("upstream_error");
    }

    private static ChatCompletion stream(OpenAIClient client, ChatCompletionCreateParams asked) {
        var whole = ChatCompletionAccumulator.create();
        try (var stream = client.chat().completions().createStreaming(asked)) {
            stream.stream().forEach(whole::accumulate);
        }
        return whole.chatCompletion();
    }

    private static <T extends OpenAIServiceException> T failure(OpenAIClient client, Class<T> type) {
        return catchThrowableOfType(type, () -> client.chat().completions().create(ask().build()));
    }

    /** A key of its own in the database that may use one model only. */
    private String key(String onlyModel) {
        String key = "imported-" + UUID.randomUUID();
        var digests = gateway.bean(KeyDigest.class);
        gateway.database()
                .jdbc()
                .sql(
                        "insert into api_key (id, digest, pepper_id, display_prefix, display_last_four, name, allowed_models)"
                                + " values (?, ?, ?, 'imp', 'last', 'sdk', array[?])")
                .params(UUID.randomUUID(), digests.of(key).bytes(), digests.pepperId(), onlyModel)
                .update();
        return key;
    }
}
