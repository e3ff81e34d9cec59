package dev.serai.proof;

import static dev.serai.testkit.RoutesYaml.entry;
import static dev.serai.testkit.RoutesYaml.provider;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.genai.Client;
import com.google.genai.errors.ApiException;
import com.google.genai.errors.ClientException;
import com.google.genai.errors.ServerException;
import com.google.genai.types.Content;
import com.google.genai.types.FinishReason;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.FunctionResponse;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.google.genai.types.Part;
import com.google.genai.types.ThinkingConfig;
import com.google.genai.types.Tool;
import dev.serai.testkit.FakeUpstream;
import dev.serai.testkit.FakeUpstream.Script;
import dev.serai.testkit.Gateway;
import dev.serai.testkit.GeminiScripts;
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

/** Google's own Java client sees Gemini, whether one stands behind the gateway or an OpenAI Chat upstream does. */
class GeminiSdkProof {

    private static final String MODEL = "public/model";
    private static final String GEMINI_CALLS =
            "{\"functionCall\":{\"id\":\"call_a\",\"name\":\"weather\",\"args\":{\"city\":\"Oslo\"}},\"thoughtSignature\":\"CiQB\"},"
                    + "{\"functionCall\":{\"id\":\"call_b\",\"name\":\"weather\",\"args\":{\"city\":\"Rome\"}}}";
    private static final String CHAT_CALLS = "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":["
            + "{\"index\":0,\"id\":\"call_a\",\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"{\\\"city\\\":\\\"Oslo\\\"}\"}},"
            + "{\"index\":1,\"id\":\"call_b\",\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"{\\\"city\\\":\\\"Rome\\\"}\"}}]}";

    private final FakeUpstream upstream = new FakeUpstream();
    private final Gateway gateway = Gateway.shared();
    private final List<Client> clients = new ArrayList<>();

    /** What stands behind the gateway. */
    enum Way {
        GEMINI,
        CHAT;

        Script says(String text) {
            return this == GEMINI ? GeminiScripts.says(text) : Scripts.says(text);
        }

        Script streams(String... pieces) {
            return this == GEMINI ? Scripts.streams(GeminiScripts.events(pieces)) : Scripts.streams(pieces);
        }

        Script calls() {
            return this == GEMINI
                    ? GeminiScripts.answers(GEMINI_CALLS)
                    : Scripts.status(
                            200,
                            Scripts.completion("x")
                                    .replace("{\"role\":\"assistant\",\"content\":\"x\",\"refusal\":null}", CHAT_CALLS)
                                    .replace("\"stop\"", "\"tool_calls\""));
        }

        Script streamsCalls() {
            return this == GEMINI
                    ? GeminiScripts.streams(GeminiScripts.object(GEMINI_CALLS), GeminiScripts.finished(""))
                    : Scripts.streams(List.of(
                            Scripts.data(Scripts.chunk(CHAT_CALLS, "null")),
                            Scripts.data(Scripts.chunk("{}", "\"tool_calls\"")),
                            Scripts.usage(),
                            Scripts.data("[DONE]")));
        }

        Script thinks() {
            return this == GEMINI
                    ? GeminiScripts.streams(
                            GeminiScripts.object("{\"text\":\"Let me see.\",\"thought\":true}"),
                            GeminiScripts.finished(GeminiScripts.text("Mild.")))
                    : Scripts.streams(List.of(
                            Scripts.data(Scripts.chunk("{\"reasoning_content\":\"Let me see.\"}", "null")),
                            Scripts.data(Scripts.chunk("{\"content\":\"Mild.\"}", "\"stop\"")),
                            Scripts.data("[DONE]")));
        }

        Script breaks() {
            return this == GEMINI
                    ? GeminiScripts.streams(
                            GeminiScripts.object(GeminiScripts.text("It is ")),
                            "{\"error\":{\"code\":503,\"message\":\"boom\",\"status\":\"UNAVAILABLE\"}}")
                    : Scripts.streams(List.of(
                            Scripts.data(Scripts.chunk("{\"content\":\"It is \"}", "null")),
                            Scripts.data("{\"error\":{\"message\":\"boom\",\"code\":\"overloaded\"}}")));
        }
    }

    @AfterEach
    void close() {
        clients.forEach(Client::close);
        upstream.close();
    }

    private Client client(Way way, Script... scripts) {
        gateway.configure(entry(MODEL, provider(way == Way.GEMINI ? "gemini" : "openai", upstream, "OPENAI_KEY_1")));
        upstream.now(scripts);
        return client(Gateway.KEY);
    }

    private Client client(String key) {
        var client = Client.builder()
                .apiKey(key)
                .httpOptions(HttpOptions.builder()
                        .baseUrl(gateway.url())
                        .retryOptions(HttpRetryOptions.builder().attempts(1).build())
                        .build())
                .build();
        clients.add(client);
        return client;
    }

    private static GenerateContentConfig plain() {
        return GenerateContentConfig.builder().build();
    }

    private static GenerateContentConfig withTool() {
        return GenerateContentConfig.builder()
                .tools(Tool.builder()
                        .functionDeclarations(FunctionDeclaration.builder()
                                .name("weather")
                                .description("The weather in a city")
                                .parametersJsonSchema(Map.of(
                                        "type", "object", "properties", Map.of("city", Map.of("type", "string"))))
                                .build())
                        .build())
                .build();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aWholeAnswerIsReadWithItsUsage(Way way) {
        var answer = client(way, way.says("Mild.")).models.generateContent(MODEL, "How warm is it?", plain());
        assertThat(answer.text()).isEqualTo("Mild.");
        assertThat(answer.finishReason().knownEnum()).isEqualTo(FinishReason.Known.STOP);
        assertThat(answer.modelVersion()).contains(MODEL);
        var usage = answer.usageMetadata().orElseThrow();
        assertThat(List.of(
                        usage.promptTokenCount().orElseThrow(),
                        usage.candidatesTokenCount().orElseThrow(),
                        usage.totalTokenCount().orElseThrow()))
                .containsExactly(5, 7, 12);
        assertThat(upstream.journal().getFirst().body()).contains("How warm is it?");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aStreamAccumulatesToTheWholeAnswer(Way way) {
        var chunks = stream(client(way, way.streams("It is ", "mild.")), plain());
        assertThat(text(chunks)).isEqualTo("It is mild.");
        assertThat(chunks.getLast().finishReason().knownEnum()).isEqualTo(FinishReason.Known.STOP);
        assertThat(chunks.getLast().usageMetadata().orElseThrow().totalTokenCount())
                .contains(12);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void toolsAreCalledInParallelAndTheirResultsSentBack(Way way) {
        var client = client(way, way.calls(), way.says("Four and nine."));
        var first = client.models.generateContent(MODEL, "How warm is it?", withTool());
        assertCalls(requireNonNull(first.functionCalls()));
        var history = List.of(
                Content.fromParts(Part.fromText("How warm is it?")),
                first.candidates().orElseThrow().getFirst().content().orElseThrow(),
                Content.builder()
                        .role("user")
                        .parts(response("call_a", "4 °C"), response("call_b", "9 °C"))
                        .build());
        var second = client.models.generateContent(MODEL, history, withTool());
        assertThat(second.text()).isEqualTo("Four and nine.");
        var sent = upstream.journal().getLast().body();
        assertThat(sent).contains("call_a", "4 °C", "call_b", "9 °C", "Rome");
        if (way == Way.GEMINI) {
            assertThat(sent).contains("\"thoughtSignature\":\"CiQB");
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void callsInAStreamStayApart(Way way) {
        var chunks = stream(client(way, way.streamsCalls()), withTool());
        var calls = new ArrayList<FunctionCall>();
        chunks.forEach(chunk -> {
            if (chunk.functionCalls() != null) {
                calls.addAll(chunk.functionCalls());
            }
        });
        assertCalls(calls);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aStructuredAnswerIsAskedForAndRead(Way way) {
        var config = GenerateContentConfig.builder()
                .responseMimeType("application/json")
                .responseJsonSchema(
                        Map.of("type", "object", "properties", Map.of("degrees", Map.of("type", "integer"))))
                .build();
        var answer = client(way, way.says("{\\\"degrees\\\":4}")).models.generateContent(MODEL, "How warm?", config);
        assertThat(answer.text()).isEqualTo("{\"degrees\":4}");
        assertThat(upstream.journal().getFirst().body())
                .contains("degrees", way == Way.GEMINI ? "responseJsonSchema" : "json_schema");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void thoughtsAreToldApartFromTheAnswer(Way way) {
        var config = GenerateContentConfig.builder()
                .thinkingConfig(ThinkingConfig.builder()
                        .includeThoughts(true)
                        .thinkingBudget(8192)
                        .build())
                .build();
        var chunks = stream(client(way, way.thinks()), config);
        assertThat(text(chunks)).isEqualTo("Mild.");
        var thoughts = new StringBuilder();
        chunks.stream()
                .flatMap(chunk -> chunk.parts() == null ? Stream.empty() : chunk.parts().stream())
                .filter(part -> part.thought().orElse(false))
                .forEach(part -> thoughts.append(part.text().orElse("")));
        assertThat(thoughts).hasToString("Let me see.");
        assertThat(upstream.journal().getFirst().body())
                .contains(way == Way.GEMINI ? "\"thinkingBudget\":8192" : "\"reasoning_effort\":\"medium\"");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void anErrorAfterTheFirstWordsIsThrownByTheStream(Way way) {
        var client = client(way, way.breaks());
        var heard = new StringBuilder();
        var failure = catchThrowableOfType(ApiException.class, () -> {
            try (var stream = client.models.generateContentStream(MODEL, "How warm is it?", plain())) {
                stream.forEach(chunk -> heard.append(chunk.text()));
            }
        });
        assertThat(heard).hasToString("It is ");
        assertThat(failure.code()).isEqualTo(503);
        assertThat(failure.status()).isEqualTo("UNAVAILABLE");
        assertThat(failure.message()).doesNotContain("boom");
    }

    @Test
    void anUnknownKeyAndAnUnknownModelAreTheClientsErrors() {
        client(Way.GEMINI);
        var key = failure(client("pk_unknown"), MODEL);
        assertThat(key.code()).isEqualTo(401);
        assertThat(key.status()).isEqualTo("UNAUTHENTICATED");
        var model = failure(client(Gateway.KEY), "nobody");
        assertThat(model.code()).isEqualTo(404);
        assertThat(model.status()).isEqualTo("NOT_FOUND");
        assertThat(upstream.journal()).isEmpty();
    }

    private static ClientException failure(Client client, String model) {
        return catchThrowableOfType(ClientException.class, () -> client.models.generateContent(model, "hi", plain()));
    }

    static Stream<Object[]> upstreamFailures() {
        return Stream.of(
                new Object[] {400, "INVALID_ARGUMENT", ClientException.class, 400, "INVALID_ARGUMENT"},
                new Object[] {401, "UNAUTHENTICATED", ServerException.class, 503, "UNAVAILABLE"},
                new Object[] {403, "PERMISSION_DENIED", ServerException.class, 503, "UNAVAILABLE"},
                new Object[] {429, "RESOURCE_EXHAUSTED", ServerException.class, 503, "UNAVAILABLE"},
                new Object[] {500, "INTERNAL", ServerException.class, 500, "INTERNAL"},
                new Object[] {503, "UNAVAILABLE", ServerException.class, 503, "UNAVAILABLE"},
                new Object[] {504, "DEADLINE_EXCEEDED", ServerException.class, 504, "DEADLINE_EXCEEDED"});
    }

    @ParameterizedTest
    @MethodSource("upstreamFailures")
    void anUpstreamsFailureIsTypedAsTheCallersOrTheServers(
            int told, String name, Class<? extends ApiException> type, int status, String statusName) {
        var client = client(Way.GEMINI, GeminiScripts.error(told, name));
        var failure = catchThrowableOfType(type, () -> client.models.generateContent(MODEL, "hi", plain()));
        assertThat(failure.code()).isEqualTo(status);
        assertThat(failure.status()).isEqualTo(statusName);
    }

    private static void assertCalls(List<FunctionCall> calls) {
        assertThat(calls)
                .extracting(call -> call.id().orElse("") + call.args().orElse(Map.of()))
                .containsExactly("call_a{city=Oslo}", "call_b{city=Rome}");
    }

    private static Part response(String id, String text) {
        return Part.builder()
                .functionResponse(FunctionResponse.builder()
                        .id(id)
                        .name("weather")
                        .response(Map.of("output", text))
                        .build())
                .build();
    }

    private static String text(List<GenerateContentResponse> chunks) {
        var text = new StringBuilder();
        chunks.forEach(chunk -> text.append(chunk.text() == null ? "" : chunk.text()));
        return text.toString();
    }

    private static List<GenerateContentResponse> stream(Client client, GenerateContentConfig config) {
        var chunks = new ArrayList<GenerateContentResponse>();
        try (var stream = client.models.generateContentStream(MODEL, "How warm is it?", config)) {
            stream.forEach(chunks::add);
        }
        return chunks;
    }
}
