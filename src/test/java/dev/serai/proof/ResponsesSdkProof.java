package dev.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.UnauthorizedException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.Reasoning;
import com.openai.models.ReasoningEffort;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseStatus;
import dev.serai.protocol.openaichat.Wire;
import dev.serai.testkit.FakeUpstream;
import dev.serai.testkit.FakeUpstream.Script;
import dev.serai.testkit.Gateway;
import dev.serai.testkit.RoutesYaml;
import dev.serai.testkit.Scripts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** OpenAI's own Java client sees Responses behind every lane, whatever the upstream speaks. */
class ResponsesSdkProof {

    private static final String MODEL = "public/model";

    private final FakeUpstream upstream = new FakeUpstream();
    private final Gateway gateway = Gateway.shared();
    private final List<OpenAIClient> clients = new ArrayList<>();

    /** What stands between the client and its model. */
    enum Way {
        RESPONSES_PASSES,
        RESPONSES_TRANSLATED,
        CHAT_TRANSLATED;

        String config(FakeUpstream upstream) {
            String provider =
                    RoutesYaml.provider(this == CHAT_TRANSLATED ? "openaiChat" : "openai", upstream, "OPENAI_KEY_1");
            return this == RESPONSES_TRANSLATED
                    ? RoutesYaml.translated(MODEL, provider)
                    : RoutesYaml.entry(MODEL, provider);
        }

        private String golden(String name, String file) {
            String protocol = this == CHAT_TRANSLATED ? "openai-chat" : "openai-responses";
            return new String(Wire.bytes(protocol + "/cases/" + name + "/" + file), StandardCharsets.UTF_8);
        }

        /** The golden answer in the upstream's own protocol. */
        Script whole(String name) {
            return Scripts.status(200, golden(name, "response.json"));
        }

        Script stream(String name) {
            return Scripts.streams(Wire.events(golden(name, "stream.txt")));
        }
    }

    /** The form of a structured answer. */
    static final class Person {
        public String name = "";
        public int age;
        public List<String> tags = List.of();
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

    private static ResponseCreateParams.Builder ask() {
        return ResponseCreateParams.builder().model(MODEL).input("How warm is it?");
    }

    private static ResponseCreateParams.Builder askWithTool() {
        return ask().addTool(tool());
    }

    private static FunctionTool tool() {
        return FunctionTool.builder()
                .name("get_weather")
                .description("The weather in a city")
                .parameters(FunctionTool.Parameters.builder()
                        .putAdditionalProperty("type", JsonValue.from("object"))
                        .putAdditionalProperty("properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                        .build())
                .strict(false)
                .build();
    }

    private static Response streamed(OpenAIClient client, ResponseCreateParams asked) {
        var whole = ResponseAccumulator.create();
        try (var stream = client.responses().createStreaming(asked)) {
            stream.stream().forEach(whole::accumulate);
        }
        return whole.response();
    }

    private static String text(Response response) {
        var text = new StringBuilder();
        response.output().stream()
                .flatMap(item -> item.message().stream())
                .flatMap(message -> message.content().stream())
                .flatMap(content -> content.outputText().stream())
                .forEach(part -> text.append(part.text()));
        return text.toString();
    }

    private static List<ResponseFunctionToolCall> calls(Response response) {
        return response.output().stream()
                .flatMap(item -> item.functionCall().stream())
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aWholeAnswerIsReadWithItsUsage(Way way) {
        var answer = client(way, way.whole("01-plain-text"))
                .responses()
                .create(ask().instructions("Be brief.").build());
        assertThat(text(answer)).isEqualTo("On a clear day the sky is blue.");
        assertThat(answer.model().toString()).contains(MODEL);
        assertThat(answer.status()).contains(ResponseStatus.COMPLETED);
        assertThat(answer.usage().orElseThrow().totalTokens()).isEqualTo(33);
        assertThat(upstream.journal().getFirst().path())
                .endsWith(way == Way.CHAT_TRANSLATED ? "/chat/completions" : "/responses");
        assertThat(upstream.journal().getFirst().body()).contains("\"upstream-model\"", "How warm is it?");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aStreamAccumulatesToTheWholeAnswer(Way way) {
        var answer = streamed(client(way, way.stream("01-plain-text")), ask().build());
        assertThat(text(answer)).isEqualTo("On a clear day the sky is blue.");
        assertThat(answer.status()).contains(ResponseStatus.COMPLETED);
        assertThat(answer.usage().orElseThrow().outputTokens()).isEqualTo(9);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aToolIsCalledAndItsResultSentBack(Way way) {
        var client = client(way, way.whole("03-tool-call"), way.whole("04-tool-result"));
        var first = client.responses().create(askWithTool().build());
        var call = calls(first).getFirst();
        assertThat(call.name()).isEqualTo("get_weather");
        assertThat(call.callId()).isEqualTo("call_w1");
        assertThat(call.arguments()).isEqualTo("{\"city\":\"Oslo\",\"unit\":\"celsius\"}");
        var second = client.responses()
                .create(ResponseCreateParams.builder()
                        .model(MODEL)
                        .addTool(tool())
                        .inputOfResponse(List.of(
                                ResponseInputItem.ofEasyInputMessage(EasyInputMessage.builder()
                                        .role(EasyInputMessage.Role.USER)
                                        .content("How warm is it?")
                                        .build()),
                                ResponseInputItem.ofFunctionCall(call),
                                ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput.builder()
                                        .callId(call.callId())
                                        .output("4 °C")
                                        .build())))
                        .build());
        assertThat(text(second)).isEqualTo("It is -3 °C and snowing in Oslo.");
        assertThat(upstream.journal().getLast().body()).contains("call_w1", "4 °C", "celsius");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void parallelCallsInAStreamStayApart(Way way) {
        var answer = streamed(
                client(way, way.stream("05-parallel-tool-calls")), askWithTool().build());
        assertThat(text(answer)).isEqualTo("Checking both cities.");
        assertThat(calls(answer))
                .extracting(ResponseFunctionToolCall::callId, ResponseFunctionToolCall::arguments)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("call_w1", "{\"city\":\"Oslo\"}"),
                        org.assertj.core.groups.Tuple.tuple("call_w2", "{\"city\":\"Rome\"}"));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aStructuredAnswerIsReadIntoItsType(Way way) {
        var answer = client(way, way.whole("14-structured-output"))
                .responses()
                .create(ask().text(Person.class).build());
        var person = answer.output().stream()
                .flatMap(item -> item.message().stream())
                .flatMap(message -> message.content().stream())
                .flatMap(content -> content.outputText().stream())
                .findFirst()
                .orElseThrow();
        assertThat(person.name).isEqualTo("Ada");
        assertThat(person.age).isEqualTo(36);
        assertThat(person.tags).containsExactly("maths", "chess");
        assertThat(upstream.journal().getFirst().body()).contains("json_schema", "age");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void reasoningIsShownAndSentBack(Way way) {
        var client = client(way, way.stream("09-reasoning"), way.whole("01-plain-text"));
        var asked = ask().reasoning(Reasoning.builder()
                        .effort(ReasoningEffort.HIGH)
                        .summary(Reasoning.Summary.AUTO)
                        .build())
                .store(false)
                .build();
        var answer = streamed(client, asked);
        assertThat(text(answer)).isEqualTo("No: 91 = 7 × 13.");
        var reasoning = answer.output().stream()
                .flatMap(item -> item.reasoning().stream())
                .findFirst()
                .orElseThrow();
        assertThat(reasoning.summary().getFirst().text()).isEqualTo("91 = 7 × 13, so it has factors.");
        assertThat(reasoning.encryptedContent()).isPresent();
        assertThat(answer.usage().orElseThrow().outputTokensDetails().reasoningTokens())
                .isEqualTo(48);
        assertThat(upstream.journal().getFirst().body()).contains("high");

        var again = new ArrayList<ResponseInputItem>();
        again.add(ResponseInputItem.ofReasoning(reasoning));
        answer.output().stream()
                .flatMap(item -> item.message().stream())
                .map(ResponseInputItem::ofResponseOutputMessage)
                .forEach(again::add);
        again.add(ResponseInputItem.ofEasyInputMessage(EasyInputMessage.builder()
                .role(EasyInputMessage.Role.USER)
                .content("Sure?")
                .build()));
        client.responses()
                .create(ResponseCreateParams.builder()
                        .model(MODEL)
                        .inputOfResponse(again)
                        .store(false)
                        .build());
        assertThat(upstream.journal().getLast().body()).contains("Sure?", "No: 91");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aCutAnswerIsIncomplete(Way way) {
        var answer = streamed(client(way, way.stream("15-max-tokens")), ask().build());
        assertThat(answer.status()).contains(ResponseStatus.INCOMPLETE);
        assertThat(answer.incompleteDetails()
                        .orElseThrow()
                        .reason()
                        .orElseThrow()
                        .toString())
                .contains("max_output_tokens");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aRefusalIsARefusal(Way way) {
        var answer = streamed(client(way, way.stream("18-refusal")), ask().build());
        assertThat(answer.output().stream()
                        .flatMap(item -> item.message().stream())
                        .flatMap(message -> message.content().stream())
                        .flatMap(content -> content.refusal().stream())
                        .map(refusal -> refusal.refusal()))
                .containsExactly("I can't help with that.");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void anErrorAfterTheFirstWordsIsAFailedResponse(Way way) {
        var events = new ArrayList<>(Wire.events(way.golden("01-plain-text", "stream.txt")));
        int words = 0;
        while (!events.get(words).contains("clear day")) {
            words++;
        }
        var client = client(way, Scripts.streams(events.subList(0, words + 1)));
        var answer = streamed(client, ask().build());
        assertThat(answer.status()).contains(ResponseStatus.FAILED);
        assertThat(answer.error().orElseThrow().code().toString()).contains("server_error");
    }

    @Test
    void anUnknownKeyIsUnauthorized() {
        client(Way.RESPONSES_PASSES);
        assertThat(failure(client("pk_unknown"), UnauthorizedException.class, ask().build())
                        .code())
                .contains("invalid_api_key");
    }

    @Test
    void anUnknownModelIsNotFound() {
        var failure = failure(
                client(Way.RESPONSES_PASSES),
                NotFoundException.class,
                ask().model("nobody").build());
        assertThat(failure.code()).contains("model_not_found");
        assertThat(failure.param()).contains("model");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aPreviousResponseThatIsNotKeptIsABadRequestThatNamesTheField(Way way) {
        var client = client(way, way.whole("01-plain-text"));
        var failure = failure(
                client,
                BadRequestException.class,
                ask().previousResponseId("resp_1").build());
        assertThat(failure.param()).contains("previous_response_id");
        assertThat(failure.code()).contains("previous_response_not_found");
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
                new Object[] {Scripts.error(404, "model_not_found"), NotFoundException.class, 404, "model_not_found"},
                new Object[] {Scripts.error(401, "invalid_api_key"), InternalServerException.class, 503, "overloaded"},
                new Object[] {
                    Scripts.error(429, "rate_limit_exceeded"), InternalServerException.class, 503, "overloaded"
                },
                new Object[] {Scripts.status(500, "{}"), InternalServerException.class, 502, "upstream_error"},
                new Object[] {
                    Scripts.status(
                            200,
                            "{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"failed\",\"output\":[],"
                                    + "\"error\":{\"code\":\"server_error\",\"message\":\"boom\"}}"),
                    InternalServerException.class,
                    502,
                    "upstream_error"
                });
    }

    @ParameterizedTest
    @MethodSource("upstreamFailures")
    void anUpstreamsFailureIsTypedAsTheCallersOrTheServers(
            Script script, Class<? extends OpenAIServiceException> type, int status, String code) {
        for (var way : List.of(Way.RESPONSES_PASSES, Way.RESPONSES_TRANSLATED)) {
            var failure = failure(client(way, script), type, ask().build());
            assertThat(failure.statusCode()).isEqualTo(status);
            assertThat(failure.code()).isEqualTo(Optional.ofNullable(code));
            assertThat(failure.getMessage()).doesNotContain("boom");
        }
    }

    private static <T extends OpenAIServiceException> T failure(
            OpenAIClient client, Class<T> type, ResponseCreateParams asked) {
        return catchThrowableOfType(type, () -> client.responses().create(asked));
    }
}
