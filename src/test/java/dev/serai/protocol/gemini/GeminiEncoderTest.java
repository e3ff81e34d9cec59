package dev.serai.protocol.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Json;
import dev.serai.message.ChatRequest;
import dev.serai.message.Effort;
import dev.serai.message.MediaSource;
import dev.serai.message.Message;
import dev.serai.message.Part;
import dev.serai.message.ProviderSignature;
import dev.serai.message.ReasoningForm;
import dev.serai.message.ReasoningOptions;
import dev.serai.message.Refusal;
import dev.serai.message.ResponseFormat;
import dev.serai.message.Role;
import dev.serai.message.Sampling;
import dev.serai.message.SignatureKind;
import dev.serai.message.SystemBlock;
import dev.serai.message.ToolChoice;
import dev.serai.message.ToolDef;
import dev.serai.message.ToolKind;
import dev.serai.protocol.Target;
import dev.serai.protocol.openaichat.Wire;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Canonical requests as Gemini is told them. */
class GeminiEncoderTest {

    private static final Part.ToolCall ONE = call("1", "a", "{}", null);
    private static final Part.ToolCall TWO = call("2", "b", "{}", null);

    @Test
    void resultsStandInTheOrderOfTheirCallsAndNoneIsMissing() {
        JsonNode body = encoded(turns(
                Message.of(Role.USER, "q"),
                Message.of(Role.ASSISTANT, List.of(ONE, TWO, call("3", "c", "{}", null))),
                Message.of(Role.USER, List.of(result("3", "x"), result("1", "y"), new Part.Text("go")))));
        assertThat(body.at("/contents/2/parts"))
                .isEqualTo(
                        Wire.json(
                                "[{\"functionResponse\":{\"id\":\"1\",\"name\":\"a\",\"response\":{\"output\":\"y\"}}},"
                                        + "{\"functionResponse\":{\"id\":\"2\",\"name\":\"b\",\"response\":{\"output\":\"(no result)\"}}},"
                                        + "{\"functionResponse\":{\"id\":\"3\",\"name\":\"c\",\"response\":{\"output\":\"x\"}}},{\"text\":\"go\"}]"));
    }

    @Test
    void turnsOfOneRoleAreOneContentAndTheLastIsTheUsers() {
        var encoded = GeminiWire.SURFACE.encode(
                turns(
                        Message.of(Role.USER, "a"),
                        Message.of(Role.USER, "b"),
                        Message.of(Role.SYSTEM, "rules"),
                        Message.of(Role.ASSISTANT, "I begin")),
                GeminiWire.target("gemini-2.5-pro"));
        JsonNode contents = Wire.json(encoded.bytes()).path("contents");
        assertThat(contents).hasSize(1);
        assertThat(contents.at("/0/parts")).hasSize(3);
        assertThat(contents.at("/0/parts/2/text").asText()).isEqualTo("<system-reminder>\nrules\n</system-reminder>");
        assertThat(encoded.dropped()).containsExactly("messages.prefill");
    }

    @Test
    void systemTextAloneGetsATurn() {
        JsonNode body = encoded(
                ChatRequest.builder("m").system(List.of(SystemBlock.of("s"))).build());
        assertThat(body.at("/contents/0/parts/0/text").asText()).isNotBlank();
    }

    @Test
    void argumentsThatAreNoObjectAreWrappedAndReported() {
        for (String wrong : List.of("{\"a\":", "[1]", "7")) {
            var encoded = GeminiWire.SURFACE.encode(
                    turns(
                            Message.of(Role.ASSISTANT, List.of(call("1", "a", wrong, null))),
                            Message.of(Role.USER, List.of(result("1", "x")))),
                    GeminiWire.target("demo-1"));
            assertThat(Wire.json(encoded.bytes())
                            .at("/contents/0/parts/0/functionCall/args/_raw")
                            .asText())
                    .isEqualTo(wrong);
            assertThat(encoded.dropped()).containsExactly("messages.toolCall.arguments");
        }
        assertThat(encoded(turns(
                                Message.of(Role.ASSISTANT, List.of(call("1", "a", "", null))),
                                Message.of(Role.USER, List.of(result("1", "x")))))
                        .at("/contents/0/parts/0/functionCall/args"))
                .isEqualTo(Json.object());
    }

    @Test
    void ownSealsGoBackAndLostOnesAreSkipped() {
        var own = ProviderSignature.of("gemini", SignatureKind.THOUGHT_SIGNATURE, "CiQB");
        var foreign = ProviderSignature.of("openai-responses", SignatureKind.ENCRYPTED_CONTENT, "x");
        ChatRequest request = turns(
                Message.of(Role.ASSISTANT, List.of(call("1", "a", "{}", own), TWO)),
                Message.of(Role.USER, List.of(result("1", "x"), result("2", "y"))),
                Message.of(
                        Role.ASSISTANT,
                        List.of(
                                new Part.Reasoning("t", ReasoningForm.SUMMARY, foreign),
                                call("3", "a", "{}", foreign))),
                Message.of(Role.USER, List.of(result("3", "x"))));
        JsonNode contents = GeminiWire.encoded(request, "gemini-3-flash").path("contents");
        assertThat(contents.at("/0/parts/0/thoughtSignature").asText()).isEqualTo("CiQB");
        assertThat(contents.at("/0/parts/1").has("thoughtSignature")).isFalse();
        assertThat(contents.at("/2/parts")).hasSize(1);
        assertThat(contents.at("/2/parts/0/thoughtSignature").asText()).isEqualTo("skip_thought_signature_validator");
    }

    @Test
    void mediaInAResultStandsInsideOrBeside() {
        var picture = new Part.Image(new MediaSource.Base64("image/png", "AAAA"), null, null);
        ChatRequest request = turns(
                Message.of(Role.ASSISTANT, List.of(ONE, TWO)),
                Message.of(
                        Role.USER,
                        List.of(
                                new Part.ToolResult("1", null, List.of(new Part.Text("see"), picture), false, null),
                                result("2", "y"))));
        JsonNode third = GeminiWire.encoded(request, "gemini-3-pro");
        assertThat(third.at("/contents/1/parts/0/functionResponse/parts/0/inlineData/data")
                        .asText())
                .isEqualTo("AAAA");
        JsonNode second = GeminiWire.encoded(request, "gemini-2.5-flash").at("/contents/1/parts");
        assertThat(second).hasSize(3);
        assertThat(second.at("/2/inlineData/data").asText()).isEqualTo("AAAA");
        assertThat(GeminiWire.faults("GenerateContentRequest", third)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-3-pro,NONE,thinkingLevel,LOW",
        "gemini-3-flash-preview,NONE,thinkingLevel,MINIMAL",
        "gemini-flash-latest,MINIMAL,thinkingLevel,MINIMAL",
        "gemini-3.1-pro-preview,MEDIUM,thinkingLevel,MEDIUM",
        "gemini-3-pro,MAX,thinkingLevel,HIGH",
        "gemini-2.5-pro,NONE,thinkingBudget,128",
        "gemini-2.5-flash,NONE,thinkingBudget,0",
        "gemini-2.5-flash,MEDIUM,thinkingBudget,8192",
        "gemini-2.5-pro,XHIGH,thinkingBudget,32768",
        "models/gemini-2.5-flash,MAX,thinkingBudget,24576",
        "house-model,LOW,thinkingLevel,LOW"
    })
    void effortIsToldInTheModelsWords(String model, Effort effort, String member, String value) {
        var reasoning = new ReasoningOptions(
                ReasoningOptions.Mode.ADAPTIVE, effort, null, ReasoningOptions.Visibility.SUMMARY, null);
        JsonNode config =
                GeminiWire.encoded(hi().reasoning(reasoning).build(), model).at("/generationConfig/thinkingConfig");
        assertThat(config.path(member).asText()).isEqualTo(value);
        assertThat(config.path("includeThoughts").asBoolean()).isEqualTo(!value.equals("0"));
        assertThat(config.has("thinkingLevel") && config.has("thinkingBudget")).isFalse();
    }

    @Test
    void aModelThatDoesNotThinkIsNotToldTo() {
        var reasoning = new ReasoningOptions(
                ReasoningOptions.Mode.ADAPTIVE, Effort.HIGH, null, ReasoningOptions.Visibility.SUMMARY, null);
        var encoded =
                GeminiWire.SURFACE.encode(hi().reasoning(reasoning).build(), GeminiWire.target("gemini-2.0-flash"));
        assertThat(Wire.json(encoded.bytes()).has("generationConfig")).isFalse();
        assertThat(encoded.dropped()).containsExactly("reasoning");
    }

    @Test
    void toolsStandInOneToolAndASearchOfOthersGivesWay() {
        var search = new ToolDef.HostedTool("anthropic-messages", ToolDef.HostedKind.WEB_SEARCH, Json.object());
        var function = new ToolDef.FunctionTool("f", null, null, true, null);
        var both =
                GeminiWire.SURFACE.encode(hi().tools(List.of(search, function)).build(), GeminiWire.target("demo-1"));
        assertThat(Wire.json(both.bytes()).path("tools"))
                .isEqualTo(Wire.json("[{\"functionDeclarations\":[{\"name\":\"f\"}]}]"));
        assertThat(both.dropped()).containsExactly("tools.web_search", "tools.strict");
        assertThat(encoded(hi().tools(List.of(search)).build()).path("tools"))
                .isEqualTo(Wire.json("[{\"googleSearch\":{}}]"));
    }

    @Test
    void aChoiceWithoutToolsIsLeftOut() {
        assertThat(encoded(hi().toolChoice(new ToolChoice.Required()).build()).has("toolConfig"))
                .isFalse();
    }

    @Test
    void olderModelsGetTheDialectOfSchemasAndAreAskedForJsonInWordsBesideFunctions() {
        JsonNode schema = Wire.json(
                "{\"type\":\"object\",\"properties\":{\"a\":{\"const\":\"x\"}},\"additionalProperties\":false}");
        var function = new ToolDef.FunctionTool("f", null, schema, null, null);
        var format = new ResponseFormat.JsonSchema("n", null, schema, true);
        ChatRequest request =
                hi().tools(List.of(function)).responseFormat(format).build();
        var old = GeminiWire.SURFACE.encode(request, GeminiWire.target("gemini-2.0-flash"));
        JsonNode body = Wire.json(old.bytes());
        assertThat(body.at("/tools/0/functionDeclarations/0/parameters"))
                .isEqualTo(Wire.json(
                        "{\"type\":\"OBJECT\",\"properties\":{\"a\":{\"type\":\"STRING\",\"enum\":[\"x\"]}}}"));
        assertThat(body.has("generationConfig")).isFalse();
        assertThat(body.at("/systemInstruction/parts/0/text").asText()).contains("JSON schema");
        assertThat(old.dropped()).containsExactly("responseFormat");
        JsonNode stable = Wire.json(new GeminiSurface(GeminiWire.ERRORS, false)
                .encode(hi().responseFormat(format).build(), GeminiWire.target("gemini-3-pro"))
                .bytes());
        assertThat(stable.at("/generationConfig/responseSchema/type").asText()).isEqualTo("OBJECT");
    }

    @Test
    void whatGeminiCannotDoIsReportedOrRefused() {
        var sampling = new Sampling(
                0.5, null, 3, -5L, 2.0, null, List.of("1", "2", "3", "4", "5", "6"), 1, true, 2, Map.of("7", 1.0));
        var encoded = GeminiWire.SURFACE.encode(
                hi().sampling(sampling)
                        .verbosity("low")
                        .serviceTier("scale")
                        .store(false)
                        .build(),
                GeminiWire.target("demo-1"));
        assertThat(encoded.dropped()).containsExactly("stop", "logitBias", "serviceTier", "verbosity");
        assertThat(Wire.json(encoded.bytes()).path("generationConfig"))
                .isEqualTo(
                        Wire.json(
                                "{\"temperature\":0.5,\"topK\":3,\"seed\":-5,\"presencePenalty\":1.99,\"stopSequences\":[\"1\",\"2\",\"3\",\"4\",\"5\"],\"responseLogprobs\":true,\"logprobs\":2}"));
        var many = new Sampling(null, null, null, null, null, null, List.of(), 2, null, null, Map.of());
        assertThatThrownBy(() -> encoded(hi().sampling(many).build()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("'n'");
    }

    @Test
    void thePromptStandsInFrontAndCustomMembersAreSetLastOneByOne() {
        var params = Json.object();
        params.putObject("generationConfig").put("temperature", 0.1);
        params.put("stream", true);
        var target = new Target("demo-1", false, "Be kind.", params, 10L, false);
        JsonNode body = Wire.json(GeminiWire.SURFACE
                .encode(
                        hi().system(List.of(SystemBlock.of("s")))
                                .maxOutputTokens(50L)
                                .build(),
                        target)
                .bytes());
        assertThat(body.at("/systemInstruction/parts"))
                .isEqualTo(Wire.json("[{\"text\":\"Be kind.\"},{\"text\":\"s\"}]"));
        assertThat(body.path("generationConfig")).isEqualTo(Wire.json("{\"maxOutputTokens\":10,\"temperature\":0.1}"));
        assertThat(body.has("stream")).isFalse();
    }

    private static dev.serai.message.ChatRequestBuilder hi() {
        return ChatRequest.builder("m").messages(List.of(Message.of(Role.USER, "hi")));
    }

    private static ChatRequest turns(Message... messages) {
        return ChatRequest.builder("m").messages(List.of(messages)).build();
    }

    private static JsonNode encoded(ChatRequest request) {
        return GeminiWire.encoded(request, "demo-1");
    }

    private static Part.ToolCall call(String id, String name, String arguments, @Nullable ProviderSignature seal) {
        return new Part.ToolCall(id, name, ToolKind.FUNCTION, arguments, seal);
    }

    private static Part.ToolResult result(String id, String text) {
        return new Part.ToolResult(id, null, List.of(new Part.Text(text)), false, null);
    }
}
