package dev.serai.protocol.openaichat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Json;
import dev.serai.message.ChatRequest;
import dev.serai.message.ChatResponse;
import dev.serai.message.Effort;
import dev.serai.message.Failure;
import dev.serai.message.Finish;
import dev.serai.message.Kind;
import dev.serai.message.MediaSource;
import dev.serai.message.Message;
import dev.serai.message.Part;
import dev.serai.message.ProviderSignature;
import dev.serai.message.ReasoningOptions;
import dev.serai.message.Refusal;
import dev.serai.message.Role;
import dev.serai.message.Sampling;
import dev.serai.message.SignatureKind;
import dev.serai.message.SystemBlock;
import dev.serai.message.ToolChoice;
import dev.serai.message.ToolDef;
import dev.serai.message.ToolKind;
import dev.serai.protocol.Envelope;
import dev.serai.protocol.Target;
import dev.serai.protocol.UpstreamBody;
import dev.serai.testkit.FakeHead;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiChatRequestTest {

    private static final OpenAiChatSurface SURFACE = new OpenAiChatSurface();
    private static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    @Test
    void envelopeTellsWhatRoutingNeeds() {
        Envelope envelope = read(
                "{\"model\":\"m\",%s,\"stream\":true,\"stream_options\":{\"include_usage\":true},\"user\":\"u\",\"max_tokens\":7}");
        assertThat(envelope.model()).isEqualTo("m");
        assertThat(envelope.stream()).isTrue();
        assertThat(envelope.includeUsage()).isTrue();
        assertThat(envelope.affinity()).isEqualTo("u");
        assertThat(envelope.maxOutputTokens()).isEqualTo(7);
        assertThat(read("{\"model\":\"m\",%s,\"user\":\"u\",\"prompt_cache_key\":\"k\"}")
                        .affinity())
                .isEqualTo("k");
        assertThat(read("{\"model\":\"m\",%s,\"stream\":null}").maxOutputTokens())
                .isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {%s}                                              | model
            {"model":"",%s}                                   | model
            {"model":7,%s}                                    | model
            {"model":"m"}                                     | messages
            {"model":"m","messages":[ ]}                      | messages
            {"model":"m","messages":{}}                       | messages
            {"model":"m",%s,"stream":"yes"}                   | stream
            {"model":"m",%s,"temperature":"hot"}              | temperature
            {"model":"m",%s,"tools":{}}                       | tools
            {"model":"m",%s,"stop":7}                         | stop
            {"model":"m",%s,"max_tokens":1.5}                 | max_tokens
            {"model":"m",%s,"stream_options":{"include_usage":1}} | stream_options.include_usage
            """)
    void wrongTopLevelIsRefusedByName(String body, String param) {
        assertThat(failure(() -> read(body)).param()).isEqualTo(param);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [7]                                                                  | messages[0]
            [{"content":"x"}]                                                    | messages[0].role
            [{"role":"bot","content":"x"}]                                       | messages[0].role
            [{"role":"user"}]                                                    | messages[0].content
            [{"role":"user","content":7}]                                        | messages[0].content
            [{"role":"user","content":[]}]                                       | messages[0].content
            [{"role":"user","content":[{"type":"text"}]}]                        | messages[0].content[0].text
            [{"role":"user","content":[{"type":"hologram"}]}]                    | messages[0].content[0].type
            [{"role":"user","content":"x"},{"role":"user","content":[{"type":"image_url","image_url":{"url":"ftp://x/y"}}]}] | messages[1].content[0].image_url.url
            [{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png,xx"}}]}] | messages[0].content[0].image_url.url
            [{"role":"user","content":[{"type":"input_audio","input_audio":{"data":"AA=="}}]}] | messages[0].content[0].input_audio.format
            [{"role":"system","content":[{"type":"image_url","image_url":{"url":"https://x/y"}}]}] | messages[0].content[0].type
            [{"role":"assistant","content":null}]                                | messages[0].content
            [{"role":"tool","tool_call_id":"c","content":"x"}]                   | messages[0].tool_call_id
            [{"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{}}]}] | messages[0].tool_calls[0].function.name
            [{"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"f"}}]},{"role":"user","content":"x"}] | messages[0].tool_calls
            [{"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"f"}}]}] | messages[0].tool_calls
            [{"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"f"}}]},{"role":"tool","content":"x"}] | messages[1].tool_call_id
            """)
    void wrongMessageIsRefusedByPath(String messages, String param) {
        Failure failure = failure(() -> decode("{\"model\":\"m\",\"messages\":" + messages + "}"));
        assertThat(failure.kind()).isEqualTo(Kind.INVALID_REQUEST);
        assertThat(failure.param()).isEqualTo(param);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "temperature":2.1                                    | temperature
            "top_p":-0.1                                         | top_p
            "n":0                                                | n
            "presence_penalty":-3                                | presence_penalty
            "top_logprobs":21                                    | top_logprobs
            "top_logprobs":2                                     | top_logprobs
            "logit_bias":{"50256":101}                           | logit_bias.50256
            "stop":["a","b","c","d","e"]                         | stop
            "stop":[7]                                           | stop
            "max_completion_tokens":0                            | max_completion_tokens
            "reasoning_effort":"huge"                            | reasoning_effort
            "metadata":{"a":7}                                   | metadata.a
            "response_format":{"type":"xml"}                     | response_format.type
            "response_format":{"type":"json_schema"}             | response_format.json_schema
            "tools":[{"type":"function","function":{"name":""}}] | tools[0].function.name
            "tools":[{"function":{"name":"f"}}]                  | tools[0].type
            "tool_choice":"maybe"                                | tool_choice
            "tool_choice":{"type":"function"}                    | tool_choice.function
            """)
    void wrongValueIsRefusedByPath(String member, String param) {
        assertThat(failure(() -> decode("{\"model\":\"m\"," + HI + "," + member + "}"))
                        .param())
                .isEqualTo(param);
    }

    @Test
    void deprecatedFunctionsBecomeTools() {
        ChatRequest request = decode("""
                {"model":"m","messages":[
                  {"role":"user","content":"hi"},
                  {"role":"assistant","content":null,"function_call":{"name":"f","arguments":"{}"}},
                  {"role":"function","name":"f","content":"42"}],
                 "functions":[{"name":"f","parameters":{"type":"object"}}],"function_call":{"name":"f"}}""");
        assertThat(request.tools()).hasSize(1).first().isInstanceOf(ToolDef.FunctionTool.class);
        assertThat(request.toolChoice()).isEqualTo(new ToolChoice.Named("f", ToolKind.FUNCTION));
        var call = (Part.ToolCall) request.messages().get(1).parts().getFirst();
        var result = (Part.ToolResult) request.messages().get(2).parts().getFirst();
        assertThat(result.callId()).isEqualTo(call.id());
        assertThat(Wire.json(encode(request).bytes())
                        .path("messages")
                        .get(2)
                        .path("role")
                        .asText())
                .isEqualTo("tool");
    }

    @Test
    void unknownMembersReachAnUpstreamOfTheSameProtocol() {
        ChatRequest request = decode(
                "{\"model\":\"m\"," + HI
                        + ",\"min_p\":0.05,\"top_k\":40,\"thinking\":{\"type\":\"disabled\"},\"x\":null,\"big\":12345678901234567890}");
        assertThat(request.reasoning().mode()).isEqualTo(ReasoningOptions.Mode.OFF);
        JsonNode body = Wire.json(encode(request).bytes());
        assertThat(body.path("min_p").asDouble()).isEqualTo(0.05);
        assertThat(body.path("top_k").asInt()).isEqualTo(40);
        assertThat(body.at("/thinking/type").asText()).isEqualTo("disabled");
        assertThat(body.path("big").asText()).isEqualTo("12345678901234567890");
        assertThat(body.has("x")).isFalse();
    }

    @Test
    void everythingOpenAiKnowsComesBackAsItWas() {
        String body = """
                {"model":"demo-1","messages":[
                  {"role":"developer","content":"Be brief."},
                  {"role":"user","name":"ada","content":[
                    {"type":"text","text":"Look","prompt_cache_breakpoint":{"mode":"explicit","ttl":"30m"}},
                    {"type":"input_audio","input_audio":{"data":"AAAA","format":"mp3"}},
                    {"type":"file","file":{"file_id":"file-1"}}]},
                  {"role":"assistant","content":null,"audio":{"id":"audio_1"}},
                  {"role":"user","content":"go on"},
                  {"role":"system","content":"Now in French."},
                  {"role":"assistant","content":null,"tool_calls":[
                    {"id":"c1","type":"custom","custom":{"name":"sql","input":"select 1"}}]},
                  {"role":"tool","tool_call_id":"c1","content":"1"}],
                 "tools":[{"type":"custom","custom":{"name":"sql","format":{"type":"text"}}},
                  {"type":"function","function":{"name":"f","strict":true}}],
                 "tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"required",
                  "tools":[{"type":"custom","custom":{"name":"sql"}}]}},
                 "response_format":{"type":"json_object"},"reasoning_effort":"none","verbosity":"low",
                 "modalities":["text","audio"],"audio":{"voice":"alloy","format":"wav"},
                 "prediction":{"type":"content","content":"x"},"web_search_options":{"search_context_size":"low"},
                 "metadata":{"b":"2","a":"1"},"store":true,"service_tier":"flex","prompt_cache_key":"k",
                 "prompt_cache_options":{"mode":"explicit","ttl":"30m"},"safety_identifier":"u",
                 "seed":7,"temperature":1.5,"logprobs":true,"top_logprobs":2,"logit_bias":{"5":-100},
                 "presence_penalty":0.5,"frequency_penalty":-0.5,"stop":["a","b"],"max_completion_tokens":10}""";
        UpstreamBody encoded = encode(decode(body));
        assertThat(encoded.dropped()).isEmpty();
        assertThat(Wire.json(encoded.bytes())).isEqualTo(Wire.json(body));
        assertThat(Schemas.openAi("CreateChatCompletionRequest", Wire.json(encoded.bytes())))
                .isEmpty();
    }

    @Test
    void operatorsPromptComesFirstAndParametersLast() {
        var params = Json.object().put("temperature", 0.1).put("stream", true).put("extra", "x");
        var target = new Target("up-1", false, "House rules.", params, 100L, false);
        var request = ChatRequest.builder("m")
                .system(List.of(SystemBlock.of("Be brief."), SystemBlock.of("Be kind.")))
                .messages(List.of(Message.of(Role.USER, "hi")))
                .sampling(Sampling.NONE.withTemperature(1.0))
                .maxOutputTokens(500L)
                .build();
        JsonNode body = Wire.json(SURFACE.encode(request, target).bytes());
        assertThat(body.path("model").asText()).isEqualTo("up-1");
        assertThat(body.at("/messages/0/content").asText()).isEqualTo("House rules.\n\nBe brief.\n\nBe kind.");
        assertThat(body.path("messages")).hasSize(2);
        assertThat(body.path("temperature").asDouble()).isEqualTo(0.1);
        assertThat(body.path("max_completion_tokens").asInt()).isEqualTo(100);
        assertThat(body.path("extra").asText()).isEqualTo("x");
        assertThat(body.has("stream")).isFalse();
    }

    @Test
    void lossesAreReportedOrRefused() {
        var raw = Json.object().put("type", "code_execution_20250522");
        var request = ChatRequest.builder("m")
                .messages(List.of(Message.of(Role.USER, "hi")))
                .tools(List.of(new ToolDef.HostedTool("anthropic", ToolDef.HostedKind.CODE_EXEC, raw)))
                .sampling(new Sampling(null, null, 40, null, null, null, List.of(), null, null, null, Map.of()))
                .build();
        assertThat(encode(request).dropped()).containsExactly("topK", "tools.code_exec");
        var strict = new Target("m", false, null, Json.object(), null, true);
        Failure failure = failure(() -> SURFACE.encode(request, strict));
        assertThat(failure.kind()).isEqualTo(Kind.UNSUPPORTED_PARAMETER);
        assertThat(failure.param()).isEqualTo("topK");
    }

    @Test
    void severalChoicesCannotBeTranslated() {
        ChatRequest request = decode("{\"model\":\"m\"," + HI + ",\"n\":2}");
        assertThat(failure(() -> encode(request)).kind()).isEqualTo(Kind.UNSUPPORTED_PARAMETER);
    }

    @Test
    void resultsStandBehindTheirCallsInOrder() {
        var image = new Part.Image(new MediaSource.Base64("image/png", "AAAA"), null, null);
        var request = ChatRequest.builder("m")
                .messages(List.of(
                        Message.of(Role.ASSISTANT, List.of(call("a"), call("b"), call("c"))),
                        Message.of(
                                Role.USER,
                                List.of(
                                        result("c", true, new Part.Text("offline")),
                                        result("a", false, new Part.Text("see"), image)))))
                .build();
        JsonNode messages = Wire.json(encode(request).bytes()).path("messages");
        assertThat(messages.findValuesAsText("tool_call_id")).containsExactly("a", "b", "c");
        assertThat(messages.get(1).path("content").asText()).isEqualTo("see\n(see next message)");
        assertThat(messages.get(2).path("content").asText()).isEqualTo("(no result)");
        assertThat(messages.get(3).path("content").asText()).isEqualTo("Error: offline");
        assertThat(messages.at("/4/content/0/image_url/url").asText()).isEqualTo("data:image/png;base64,AAAA");
        assertThat(Schemas.openAi(
                        "CreateChatCompletionRequest", Wire.json(encode(request).bytes())))
                .isEmpty();
    }

    @Test
    void mediaThatChatCannotSayIsRefused() {
        var pdf =
                new Part.Document(new MediaSource.Url("https://example.com/a.pdf", null), null, null, null, null, null);
        var request = ChatRequest.builder("m")
                .messages(List.of(Message.of(Role.USER, List.of(pdf))))
                .build();
        assertThat(failure(() -> encode(request)).param()).isEqualTo("messages.document");
    }

    @Test
    void sealOfACallSurvivesTheWayThroughAChatClient() {
        var seal = ProviderSignature.of("gemini", SignatureKind.THOUGHT_SIGNATURE, "c2VhbA==");
        var call = new Part.ToolCall("c1", "f", ToolKind.FUNCTION, "{}", seal);
        var told = ChatResponse.of("1", "m", 1, List.of(call), Finish.of(Finish.Reason.TOOL_CALLS), null);
        String message = Wire.json(Wire.PROTOCOL.encode(told, Wire.REPLY))
                .at("/choices/0/message")
                .toString();
        ChatRequest back = decode("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}," + message
                + ",{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"1\"}]}");
        assertThat(back.messages().get(1).parts()).containsExactly(call);
    }

    @Test
    void budgetIsToldAsEffort() {
        var reasoning = new ReasoningOptions(
                ReasoningOptions.Mode.BUDGET, null, 10_000, ReasoningOptions.Visibility.DEFAULT, null);
        assertThat(reasoning.effectiveEffort()).isEqualTo(Effort.MEDIUM);
        var request = ChatRequest.builder("m")
                .messages(List.of(Message.of(Role.USER, "hi")))
                .reasoning(reasoning)
                .build();
        assertThat(Wire.json(encode(request).bytes()).path("reasoning_effort").asText())
                .isEqualTo("medium");
    }

    private static Part call(String id) {
        return new Part.ToolCall(id, "f", ToolKind.FUNCTION, "", null);
    }

    private static Part result(String id, boolean error, Part... content) {
        return new Part.ToolResult(id, null, List.of(content), error, null);
    }

    private static Envelope read(String body) {
        return Wire.PROTOCOL.read(body.replace("%s", HI).getBytes(UTF_8), FakeHead.NONE);
    }

    private static ChatRequest decode(String body) {
        return Wire.PROTOCOL.decode(read(body));
    }

    private static UpstreamBody encode(ChatRequest request) {
        return SURFACE.encode(request, Wire.TARGET);
    }

    private static Failure failure(ThrowingCallable call) {
        return catchThrowableOfType(Refusal.class, call).failure();
    }
}
