package dev.serai.provider.zhipu;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Json;
import dev.serai.message.CanonicalFixture;
import dev.serai.message.ChatRequest;
import dev.serai.message.Refusal;
import dev.serai.message.ToolDef;
import dev.serai.protocol.Envelope;
import dev.serai.protocol.Target;
import dev.serai.protocol.UpstreamBody;
import dev.serai.protocol.openaichat.OpenAiChatSurface;
import dev.serai.protocol.openaichat.Schemas;
import dev.serai.protocol.openaichat.Wire;
import dev.serai.provider.InStreamErrors;
import dev.serai.testkit.FakeHead;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests in Zhipu's dialect, on both lanes. */
class ZhipuDialectTest {

    private static final OpenAiChatSurface SURFACE =
            new OpenAiChatSurface(new ZhipuDialect(new InStreamErrors(new ZhipuFailures(), Clock.systemUTC())));
    private static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
    private static final String TOOL =
            "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":\"d\",\"parameters\":{\"type\":\"object\",\"properties\":{}}}}]";

    @ParameterizedTest
    @ValueSource(strings = {"chat", "chat-tools", "chat-tool-result", "chat-vision", "chat-web-search"})
    void requestsInZhipusOwnWordsPassUntouched(String name) {
        byte[] body = Wire.bytes("zhipu/" + name + ".request.json");
        UpstreamBody passed = requireNonNull(
                pass(new String(body, UTF_8), Wire.json(body).path("model").asText()));
        assertThat(new String(passed.bytes(), UTF_8)).isEqualTo(new String(body, UTF_8));
        assertThat(passed.dropped()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "max_completion_tokens":50                   | "max_tokens":50                          |
            "max_completion_tokens":50,"max_tokens":9    | "max_tokens":50                          |
            "max_tokens":200000                          | "max_tokens":131072                      | maxOutputTokens
            "temperature":1.7                            | "temperature":1                          | temperature
            "temperature":0                              | "do_sample":false                        |
            "top_p":0                                    | "top_p":0.01                             | topP
            "top_p":0.50                                 | "top_p":0.50                             |
            "stop":"E\\u00e4"                            | "stop":["E\\u00e4"]                      |
            "stop":["a","b"]                             | "stop":["a"]                             | stop
            "stop":[]                                    |                                          |
            "user":"user-7f3a"                           | "user_id":"user-7f3a"                    |
            "user":"u1"                                  | "user_id":"user_u1"                      |
            "safety_identifier":"abcdef","user":"x"      | "user_id":"abcdef"                       |
            "reasoning_effort":"low"                     | "reasoning_effort":"high","thinking":{"type":"enabled"} |
            "reasoning_effort":"none"                    | "thinking":{"type":"disabled"}           |
            "reasoning_effort":"xhigh"                   | "reasoning_effort":"max","thinking":{"type":"enabled"} |
            "thinking":{"type":"disabled"},"reasoning_effort":"low" | "thinking":{"type":"disabled"},"reasoning_effort":"low" |
            "store":false,"metadata":{"a":"b"},"n":1,"logprobs":false,"service_tier":"auto" |           |
            "seed":7,"service_tier":"flex","parallel_tool_calls":false |                              | seed,parallelToolCalls,serviceTier
            "verbosity":"low"                            |                                          | verbosity
            "temperature":null,"stream_options":null     |                                          |
            "tool_stream":true,"x_own":1e3               | "tool_stream":true,"x_own":1e3           |
            """)
    void memberIsPatched(String member, @Nullable String patched, @Nullable String dropped) {
        UpstreamBody passed = requireNonNull(pass("{\"model\":\"a\"," + HI + "," + member + "}", "glm-5.2"));
        String expected = "{\"model\":\"glm-5.2\"," + HI + (patched == null ? "" : "," + patched) + "}";
        assertThat(Wire.json(passed.bytes())).isEqualTo(Wire.json(expected));
        assertThat(String.join(",", passed.dropped().stream().sorted().toList()))
                .isEqualTo(
                        dropped == null
                                ? ""
                                : String.join(
                                        ",",
                                        List.of(dropped.split(",")).stream()
                                                .sorted()
                                                .toList()));
        assertThat(Schemas.zhipu("ChatCompletionTextRequest", Wire.json(passed.bytes())))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            glm-5.3       | none   | {"reasoning_effort":"low"}
            glm-5.3-flash | medium | {"reasoning_effort":"high"}
            glm-5.3       | max    | {"reasoning_effort":"max"}
            glm-5.2       | minimal| {"thinking":{"type":"disabled"}}
            glm-5.1       | low    | {"thinking":{"type":"enabled"}}
            glm-5         | none   | {"thinking":{"type":"disabled"}}
            glm-4.5-air   | high   | {"thinking":{"type":"enabled"}}
            glm-4.1v-thinking-flash | high | {"thinking":{"type":"enabled"}}
            glm-4-flash-250414 | none | {}
            """)
    void effortIsToldInTheModelsWords(String model, String effort, String expected) {
        String body = "{\"model\":\"a\"," + HI + ",\"reasoning_effort\":\"" + effort + "\"}";
        JsonNode passed = Wire.json(requireNonNull(pass(body, model)).bytes());
        JsonNode translated =
                Wire.json(SURFACE.encode(decode(body), target(model)).bytes());
        for (String name : List.of("thinking", "reasoning_effort")) {
            assertThat(passed.path(name)).isEqualTo(Wire.json(expected).path(name));
            assertThat(translated.path(name)).isEqualTo(Wire.json(expected).path(name));
        }
    }

    @Test
    void effortThatTheModelCannotSayIsReported() {
        String body = "{\"model\":\"a\"," + HI + ",\"reasoning_effort\":\"high\"}";
        assertThat(requireNonNull(pass(body, "glm-4-flash-250414")).dropped()).containsExactly("reasoning");
    }

    @Test
    void messagesAreMadeReadableAndOthersLeftAlone() {
        String body = """
                {"model":"a","messages":[
                  {"role":"developer","content":[{"type":"text","text":"A"},{"type":"text","text":"B"}]},
                  {"role":"user","content":[ {"type":"text","text":"x"} ]},
                  {"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]},
                  {"role":"tool","tool_call_id":"c","content":[{"type":"text","text":"1"},{"type":"text","text":"2"}]},
                  {"role":"assistant","content":[{"type":"text","text":"p"},{"type":"text","text":"q"}]},
                  {"role":"user","content":"go"}]}""";
        String expected = """
                {"model":"glm-5.2","messages":[
                  {"role":"system","content":"A\\nB"},
                  {"role":"user","content":[ {"type":"text","text":"x"} ]},
                  {"role":"assistant","content":"","tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]},
                  {"role":"tool","tool_call_id":"c","content":"1\\n2"},
                  {"role":"assistant","content":"pq"},
                  {"role":"user","content":"go"}]}""";
        assertThat(new String(requireNonNull(pass(body, "glm-5.2")).bytes(), UTF_8))
                .isEqualTo(expected);
    }

    @Test
    void toolsGetWhatZhipuRequires() {
        String body = "{\"model\":\"a\"," + HI
                + ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],\"tool_choice\":\"auto\"}";
        JsonNode passed = Wire.json(requireNonNull(pass(body, "glm-5.2")).bytes());
        assertThat(Schemas.zhipu("ChatCompletionTextRequest", passed)).isEmpty();
        assertThat(passed.at("/tools/0/function/description").asText("-")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"tool_choice\":\"none\"," + TOOL,
                "\"tool_choice\":\"required\"," + TOOL,
                "\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"f\"}}," + TOOL,
                "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"schema\":{\"type\":\"object\"}}}",
                "\"functions\":[{\"name\":\"f\"}]",
                "\"web_search_options\":{}"
            })
    void whatNeedsEmulationIsTranslatedAndValid(String member) {
        String body = "{\"model\":\"a\"," + HI + "," + member + "}";
        assertThat(pass(body, "glm-5.2")).isNull();
        JsonNode translated =
                Wire.json(SURFACE.encode(decode(body), target("glm-5.2")).bytes());
        assertThat(Schemas.zhipu("ChatCompletionTextRequest", translated)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"n\":2", "\"logprobs\":true", "\"tools\":[{\"type\":\"custom\",\"custom\":{\"name\":\"c\"}}]"})
    void whatChangesTheAnswerIsRefused(String member) {
        String body = "{\"model\":\"a\"," + HI + "," + member + "}";
        assertThat(pass(body, "glm-5.2")).isNull();
        ChatRequest request = decode(body);
        assertThatThrownBy(() -> SURFACE.encode(request, target("glm-5.2"))).isInstanceOf(Refusal.class);
    }

    @Test
    void toolChoiceIsEmulated() {
        JsonNode none = translated("\"tool_choice\":\"none\"," + TOOL);
        assertThat(none.has("tools")).isFalse();
        JsonNode named = translated("\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"f\"}},"
                + TOOL.replace("]", ",{\"type\":\"function\",\"function\":{\"name\":\"g\"}}]"));
        assertThat(named.path("tools")).hasSize(1);
        assertThat(named.path("tool_choice").asText()).isEqualTo("auto");
        assertThat(named.at("/messages/0/content").asText()).contains("the tool f");
        JsonNode schema = translated(
                "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"schema\":{\"type\":\"object\"}}}");
        assertThat(schema.at("/response_format/type").asText()).isEqualTo("json_object");
        assertThat(schema.at("/messages/0/content").asText()).contains("{\"type\":\"object\"}");
    }

    @Test
    void foreignMembersAreLeftOutOfATranslation() {
        String body = "{\"model\":\"a\"," + HI
                + ",\"min_p\":0.1,\"do_sample\":true,\"thinking\":{\"type\":\"enabled\",\"clear_thinking\":false}}";
        UpstreamBody encoded = SURFACE.encode(decode(body), target("glm-5.2"));
        assertThat(encoded.dropped()).containsExactly("min_p");
        JsonNode translated = Wire.json(encoded.bytes());
        assertThat(translated.path("do_sample").asBoolean()).isTrue();
        assertThat(translated.at("/thinking/clear_thinking").isBoolean()).isTrue();
        assertThat(translated.at("/thinking/clear_thinking").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01-plain-text",
                "02-multi-turn-sampling",
                "03-tool-call",
                "04-tool-result",
                "05-parallel-tool-calls",
                "06-parallel-tool-results",
                "07-empty-args-call",
                "08-forced-tool-no-parallel",
                "09-reasoning",
                "10-reasoning-tool-call",
                "11-reasoning-replay",
                "14-structured-output",
                "15-max-tokens",
                "16-stop-sequence",
                "17-content-filter",
                "18-refusal",
                "19-prompt-caching"
            })
    void goldenRequestsAreValidOnBothLanes(String name) throws IOException {
        var fixture = CanonicalFixture.read("/wire/openai-chat/cases/" + name + "/canonical.json");
        JsonNode translated =
                Wire.json(SURFACE.encode(fixture.request(), target("glm-5.2")).bytes());
        assertThat(Schemas.zhipu("ChatCompletionTextRequest", translated)).isEmpty();
        String body = new String(Wire.bytes("openai-chat/cases/" + name + "/request.json"), UTF_8);
        UpstreamBody passed = pass(body, "glm-5.2");
        if (passed != null) {
            assertThat(Schemas.zhipu("ChatCompletionTextRequest", Wire.json(passed.bytes())))
                    .isEmpty();
        }
    }

    @Test
    void imagesGoToModelsThatSee() throws IOException {
        var request = CanonicalFixture.read("/wire/openai-chat/cases/12-image-input/canonical.json")
                .request();
        UpstreamBody seen = SURFACE.encode(request, target("glm-5v-turbo"));
        assertThat(Schemas.zhipu("ChatCompletionVisionRequest", Wire.json(seen.bytes())))
                .isEmpty();
        assertThat(seen.dropped()).containsExactly("messages.image.detail");
        assertThatThrownBy(() -> SURFACE.encode(request, target("glm-5.2"))).isInstanceOf(Refusal.class);
    }

    @Test
    void inlineDocumentsAreRefused() throws IOException {
        var request = CanonicalFixture.read("/wire/openai-chat/cases/13-document-input/canonical.json")
                .request();
        assertThatThrownBy(() -> SURFACE.encode(request, target("glm-5v-turbo")))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void webSearchOfAnyProtocolIsZhipusOwn() {
        var raw = Json.object().put("type", "web_search_20250305").put("name", "web_search");
        var search = new ToolDef.HostedTool("anthropic", ToolDef.HostedKind.WEB_SEARCH, raw);
        ChatRequest request = decode("{\"model\":\"a\"," + HI + "}").toBuilder()
                .tools(List.of(search))
                .build();
        JsonNode translated =
                Wire.json(SURFACE.encode(request, target("glm-5.2")).bytes());
        assertThat(translated.at("/tools/0/type").asText()).isEqualTo("web_search");
        assertThat(Schemas.zhipu("ChatCompletionTextRequest", translated)).isEmpty();
    }

    private static JsonNode translated(String member) {
        ChatRequest request = decode("{\"model\":\"a\"," + HI + "," + member + "}");
        return Wire.json(SURFACE.encode(request, target("glm-5.2")).bytes());
    }

    private static Target target(String model) {
        return new Target(model, false, null, Json.object(), null, false);
    }

    private static ChatRequest decode(String body) {
        return Wire.PROTOCOL.decode(read(body));
    }

    private static @Nullable UpstreamBody pass(String body, String model) {
        return SURFACE.passthrough(read(body), target(model));
    }

    private static Envelope read(String body) {
        return Wire.PROTOCOL.read(body.getBytes(UTF_8), FakeHead.NONE);
    }
}
