package dev.serai.protocol.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.message.ChatRequest;
import dev.serai.message.Effort;
import dev.serai.message.MediaSource;
import dev.serai.message.Part;
import dev.serai.message.ProviderSignature;
import dev.serai.message.ReasoningForm;
import dev.serai.message.ReasoningOptions;
import dev.serai.message.Refusal;
import dev.serai.message.ResponseFormat;
import dev.serai.message.Role;
import dev.serai.message.SignatureKind;
import dev.serai.message.SystemBlock;
import dev.serai.message.ToolChoice;
import dev.serai.message.ToolDef;
import dev.serai.message.ToolKind;
import dev.serai.protocol.openaichat.Wire;
import dev.serai.testkit.FakeHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests as callers write them, and what they mean. */
class GeminiRequestTest {

    private static final String HI = "\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}]";
    private static final String PACKED =
            ProviderSignature.of("anthropic", SignatureKind.SIGNATURE, "sig").packed();

    @Test
    void theModelAndTheStreamStandInThePath() {
        byte[] body = ("{" + HI + "}").getBytes(UTF_8);
        var whole = GeminiWire.PROTOCOL.read(body, GeminiWire.head("vendor/model-1", "generateContent", ""));
        assertThat(whole.model()).isEqualTo("vendor/model-1");
        assertThat(whole.stream()).isFalse();
        var events = GeminiWire.PROTOCOL.read(body, GeminiWire.STREAM);
        assertThat(events.stream()).isTrue();
        assertThat(GeminiWire.PROTOCOL.streamType(events.traits())).isEqualTo("text/event-stream");
        for (String alt : List.of("", "json")) {
            var array = GeminiWire.PROTOCOL.read(body, GeminiWire.head("m", "streamGenerateContent", alt));
            assertThat(GeminiWire.PROTOCOL.streamType(array.traits())).isEqualTo("application/json");
            assertThat(new String(GeminiWire.PROTOCOL.heartbeat(array.traits()), UTF_8))
                    .isBlank();
        }
    }

    @Test
    void aPathWithoutAModelIsRefused() {
        assertThatThrownBy(() -> GeminiWire.PROTOCOL.read(("{" + HI + "}").getBytes(UTF_8), FakeHead.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("model");
    }

    @Test
    void snakeCaseMeansTheSame() {
        ChatRequest camel = GeminiWire.decode("{" + HI
                + ",\"systemInstruction\":{\"parts\":[{\"text\":\"s\"}]},\"generationConfig\":{\"maxOutputTokens\":7,\"topK\":3,\"stopSequences\":[\"x\"]},"
                + "\"tools\":[{\"functionDeclarations\":[{\"name\":\"f\",\"parametersJsonSchema\":{\"type\":\"object\",\"properties\":{\"a_b\":{\"type\":\"string\"}}}}]}],"
                + "\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"ANY\",\"allowedFunctionNames\":[\"f\"]}}}");
        ChatRequest snake = GeminiWire.decode("{" + HI
                + ",\"system_instruction\":{\"parts\":[{\"text\":\"s\"}]},\"generation_config\":{\"max_output_tokens\":\"7\",\"top_k\":3.0,\"stop_sequences\":[\"x\"]},"
                + "\"tools\":[{\"function_declarations\":[{\"name\":\"f\",\"parameters_json_schema\":{\"type\":\"object\",\"properties\":{\"a_b\":{\"type\":\"string\"}}}}]}],"
                + "\"tool_config\":{\"function_calling_config\":{\"mode\":2,\"allowed_function_names\":[\"f\"]}}}");
        assertThat(snake).isEqualTo(camel);
        assertThat(snake.toolChoice()).isEqualTo(new ToolChoice.Named("f", ToolKind.FUNCTION));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Be kind.\"",
                "{\"text\":\"Be kind.\"}",
                "{\"parts\":[{\"text\":\"Be kind.\"}]}",
                "{\"role\":\"user\",\"parts\":[{\"text\":\"Be kind.\"}]}"
            })
    void everyFormOfASystemInstructionIsRead(String form) {
        assertThat(GeminiWire.decode("{" + HI + ",\"systemInstruction\":" + form + "}")
                        .system())
                .containsExactly(SystemBlock.of("Be kind."));
    }

    @Test
    void oneContentNeedsNoList() {
        assertThat(GeminiWire.decode("{\"contents\":{\"parts\":[{\"text\":\"hi\"}]}}")
                        .messages())
                .containsExactly(dev.serai.message.Message.of(Role.USER, "hi"));
    }

    @Test
    void callsWithoutIdsGetTheSameOnesEachTimeAndResultsFindThemByName() {
        String history = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"q\"}]},"
                + "{\"role\":\"model\",\"parts\":[{\"functionCall\":{\"name\":\"a\"}},{\"functionCall\":{\"name\":\"b\",\"args\":{\"x\":1.0}}},{\"functionCall\":{\"name\":\"a\"}}]},"
                + "{\"role\":\"user\",\"parts\":[{\"functionResponse\":{\"name\":\"b\",\"response\":{\"output\":\"B\"}}},"
                + "{\"functionResponse\":{\"name\":\"a\",\"response\":{\"output\":\"A1\"}}},{\"functionResponse\":{\"name\":\"a\",\"response\":{\"error\":\"A2\"}}}]},"
                + "{\"role\":\"model\",\"parts\":[{\"functionCall\":{\"name\":\"a\"}}]},"
                + "{\"role\":\"function\",\"parts\":[{\"functionResponse\":{\"name\":\"a\",\"response\":{\"rows\":[1]}}}]}]}";
        ChatRequest request = GeminiWire.decode(history);
        assertThat(GeminiWire.decode(history)).isEqualTo(request);
        var calls = calls(request);
        assertThat(calls).extracting(Part.ToolCall::id).doesNotHaveDuplicates().hasSize(4);
        assertThat(calls.get(1).arguments()).isEqualTo("{\"x\":1.0}");
        var results = results(request);
        assertThat(results)
                .extracting(Part.ToolResult::callId)
                .containsExactly(
                        calls.get(1).id(),
                        calls.get(0).id(),
                        calls.get(2).id(),
                        calls.get(3).id());
        assertThat(results).extracting(Part.ToolResult::isError).containsExactly(false, false, true, false);
        assertThat(results.getLast().content()).containsExactly(new Part.Text("{\"rows\":[1]}"));
    }

    @Test
    void idsThatAreGivenWinWhateverTheOrder() {
        ChatRequest request = GeminiWire.decode(
                "{\"contents\":[{\"role\":\"model\",\"parts\":[{\"functionCall\":{\"id\":\"1\",\"name\":\"a\"}},{\"functionCall\":{\"name\":\"a\"}}]},"
                        + "{\"parts\":[{\"functionResponse\":{\"name\":\"a\",\"response\":{\"output\":\"second\"}}}]},"
                        + "{\"parts\":[{\"text\":\"go on\"},{\"functionResponse\":{\"id\":\"1\",\"name\":\"a\",\"response\":{\"output\":\"first\"}}}]}]}");
        var results = results(request);
        assertThat(request.messages()).hasSize(2);
        assertThat(request.messages().getLast().parts().getLast()).isEqualTo(new Part.Text("go on"));
        assertThat(results).extracting(Part.ToolResult::callId).contains("1").doesNotHaveDuplicates();
    }

    @Test
    void aResultWithoutACallIsKept() {
        ChatRequest request = GeminiWire.decode(
                "{\"contents\":[{\"parts\":[{\"functionResponse\":{\"name\":\"f\",\"response\":{\"output\":\"x\"}}}]}]}");
        assertThat(results(request)).hasSize(1);
        assertThat(GeminiWire.encoded(request, "gemini-2.5-pro")
                        .at("/contents/0/parts/0/text")
                        .asText())
                .isEqualTo("Result of f:\nx");
    }

    @Test
    void theWrappingOfTheAiSdkIsTakenOff() {
        ChatRequest request = GeminiWire.decode(
                "{\"contents\":[{\"role\":\"model\",\"parts\":[{\"functionCall\":{\"name\":\"f\",\"args\":{}}}]},"
                        + "{\"parts\":[{\"functionResponse\":{\"name\":\"f\",\"response\":{\"name\":\"f\",\"content\":\"done\"}}}]}]}");
        assertThat(results(request).getFirst().content()).containsExactly(new Part.Text("done"));
    }

    @Test
    void sealsOfOthersGoBackToTheirReasoningAndSkipWordsAreNone() {
        ChatRequest request = GeminiWire.decode(
                "{\"contents\":[{\"parts\":[{\"text\":\"q\"}]},{\"role\":\"model\",\"parts\":[{\"text\":\"hm\",\"thought\":true},"
                        + "{\"functionCall\":{\"id\":\"1\",\"name\":\"f\",\"args\":{}},\"thoughtSignature\":\"" + PACKED
                        + "\"},{\"functionCall\":{\"id\":\"2\",\"name\":\"f\",\"args\":{}},\"thoughtSignature\":\"skip_thought_signature_validator\"},"
                        + "{\"functionCall\":{\"id\":\"3\",\"name\":\"f\",\"args\":{}},\"thoughtSignature\":\"CiQBown\"},{\"text\":\"\",\"thoughtSignature\":\"CiQBlast\"}]}]}");
        var parts = request.messages().get(1).parts();
        assertThat(parts.getFirst())
                .isEqualTo(new Part.Reasoning(
                        "hm", ReasoningForm.FULL, ProviderSignature.of("anthropic", SignatureKind.SIGNATURE, "sig")));
        assertThat(calls(request))
                .extracting(Part.ToolCall::signature)
                .containsExactly(
                        null, null, ProviderSignature.of("gemini", SignatureKind.THOUGHT_SIGNATURE, "CiQBown"));
        assertThat(parts.getLast())
                .isEqualTo(new Part.Text(
                        "",
                        List.of(),
                        null,
                        ProviderSignature.of("gemini", SignatureKind.THOUGHT_SIGNATURE, "CiQBlast")));
    }

    @ParameterizedTest
    @CsvSource({
        "AUTO,,Auto",
        "NONE,,None",
        "ANY,,Required",
        "ANY,f,Named",
        "any,'f,g',Allowed",
        "VALIDATED,'f,g',Allowed",
        "VALIDATED,,Auto",
        "SOMETHING_NEW,,Auto"
    })
    void everyModeIsAChoice(String mode, String names, String kind) {
        String list = names == null ? "" : "\"" + names.replace(",", "\",\"") + "\"";
        var choice = GeminiWire.decode("{" + HI + ",\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"" + mode
                        + "\",\"allowedFunctionNames\":[" + list + "]}}}")
                .toolChoice();
        assertThat(Objects.requireNonNull(choice).getClass().getSimpleName()).isEqualTo(kind);
    }

    @Test
    void schemasOfTheDialectBecomeJsonSchemas() {
        var tool = (ToolDef.FunctionTool) GeminiWire.decode(
                        "{" + HI
                                + ",\"tools\":[{\"functionDeclarations\":[{\"name\":\"f\",\"parameters\":{\"type\":\"OBJECT\",\"properties\":{\"max_items\":{\"type\":\"ARRAY\",\"items\":{\"type\":1},"
                                + "\"min_items\":\"2\",\"nullable\":true},\"n\":{\"type\":\"STRING\",\"enum\":[\"a\"],\"nullable\":true}},\"propertyOrdering\":[\"n\"],\"required\":[\"n\"]}}]}]}")
                .tools()
                .getFirst();
        assertThat(Wire.json(String.valueOf(tool.parameters())))
                .isEqualTo(
                        Wire.json(
                                "{\"type\":\"object\",\"properties\":{\"max_items\":{\"type\":[\"array\",\"null\"],\"items\":{\"type\":\"string\"},\"minItems\":2},"
                                        + "\"n\":{\"type\":[\"string\",\"null\"],\"enum\":[\"a\",null]}},\"required\":[\"n\"]}"));
    }

    @Test
    void toolsThatGeminiRunsAreHosted() {
        var tools = GeminiWire.decode(
                        "{" + HI
                                + ",\"tools\":[{\"googleSearch\":{}},{\"codeExecution\":{},\"urlContext\":{}},{\"functionDeclarations\":[{\"name\":\"f\"}]}]}")
                .tools();
        assertThat(tools).hasSize(4);
        assertThat(((ToolDef.HostedTool) tools.getFirst()).kind()).isEqualTo(ToolDef.HostedKind.WEB_SEARCH);
        assertThat(((ToolDef.FunctionTool) tools.getLast()).parameters()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"thinkingBudget\":0}|OFF|NONE|DEFAULT",
                "{\"thinkingBudget\":-1}|ADAPTIVE||DEFAULT",
                "{\"thinkingBudget\":8192,\"includeThoughts\":true}|BUDGET|MEDIUM|SUMMARY",
                "{\"thinking_level\":\"high\",\"include_thoughts\":false}|ADAPTIVE|HIGH|HIDDEN",
                "{\"includeThoughts\":true}|DEFAULT||SUMMARY"
            })
    void everyThinkingConfigIsRead(String config, String mode, String effort, String visibility) {
        var reasoning = GeminiWire.decode("{" + HI + ",\"generationConfig\":{\"thinkingConfig\":" + config + "}}")
                .reasoning();
        assertThat(reasoning.mode()).isEqualTo(ReasoningOptions.Mode.valueOf(mode));
        assertThat(reasoning.effectiveEffort()).isEqualTo(effort == null ? null : Effort.valueOf(effort));
        assertThat(reasoning.visibility()).isEqualTo(ReasoningOptions.Visibility.valueOf(visibility));
    }

    @Test
    void formsOfTheAnswerAreRead() {
        assertThat(format("\"responseMimeType\":\"text/plain\"")).isNull();
        assertThat(format("\"responseMimeType\":\"application/json\"")).isEqualTo(new ResponseFormat.JsonObject());
        JsonNode schema = Wire.json("{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}");
        for (String member : List.of(
                "\"responseJsonSchema\":" + schema,
                "\"_responseJsonSchema\":" + schema,
                "\"responseSchema\":{\"type\":\"OBJECT\",\"properties\":{\"a\":{\"type\":\"STRING\"}}}")) {
            assertThat(format("\"responseMimeType\":\"application/json\"," + member))
                    .isEqualTo(new ResponseFormat.JsonSchema(null, null, schema, null));
        }
    }

    @Test
    void oneWordOfAListIsAskedForInWordsAndGeminiKeepsItsOwnForm() {
        ChatRequest request = GeminiWire.decode(
                "{" + HI
                        + ",\"generationConfig\":{\"responseMimeType\":\"text/x.enum\",\"responseSchema\":{\"type\":\"STRING\",\"enum\":[\"red\",\"blue\"]}}}");
        assertThat(request.responseFormat()).isNull();
        assertThat(request.system().getFirst().text()).contains("\"red\",\"blue\"");
        assertThat(GeminiWire.encoded(request, "gemini-2.5-pro")
                        .at("/generationConfig/responseMimeType")
                        .asText())
                .isEqualTo("text/x.enum");
    }

    @Test
    void mediaOfEveryKindIsRead() {
        var parts = GeminiWire.decode(
                        "{\"contents\":[{\"parts\":[{\"inline_data\":{\"mime_type\":\"image/png\",\"data\":\"a-_b\"},\"mediaResolution\":{\"level\":\"MEDIA_RESOLUTION_LOW\"}},"
                                + "{\"inlineData\":{\"mimeType\":\"audio/wav\",\"data\":\"AAA\"}},{\"inlineData\":{\"mimeType\":\"application/pdf\",\"data\":\"AAAA\"}},"
                                + "{\"inlineData\":{\"mimeType\":\"text/plain\",\"data\":\"aGk=\"}},{\"fileData\":{\"fileUri\":\"https://www.youtube.com/watch?v=1\"},\"videoMetadata\":{\"fps\":1}},"
                                + "{\"fileData\":{\"fileUri\":\"gs://b/f.png\",\"mimeType\":\"image/png\"}}]}]}")
                .messages()
                .getFirst()
                .parts();
        assertThat(parts)
                .containsExactly(
                        new Part.Image(new MediaSource.Base64("image/png", "a+/b"), "low", null),
                        new Part.Audio(new MediaSource.Base64("audio/wav", "AAA="), null, null),
                        new Part.Document(
                                new MediaSource.Base64("application/pdf", "AAAA"), null, null, null, null, null),
                        new Part.Document(new MediaSource.InlineText("hi"), null, null, null, null, null),
                        new Part.Video(
                                new MediaSource.Url("https://www.youtube.com/watch?v=1", null),
                                Wire.json("{\"fps\":1}")),
                        new Part.Image(new MediaSource.FileId("gemini", "gs://b/f.png", "image/png"), null, null));
    }

    @Test
    void whatOnlyGeminiKnowsComesBackToGemini() {
        ChatRequest request = GeminiWire.decode("{" + HI
                + ",\"labels\":{\"a\":\"b\"},\"serviceTier\":\"standard\",\"safetySettings\":[{\"category\":\"HARM_CATEGORY_HARASSMENT\",\"threshold\":\"OFF\"}],"
                + "\"toolConfig\":{\"retrievalConfig\":{\"languageCode\":\"de\"}},\"generationConfig\":{\"candidateCount\":1,\"responseLogprobs\":false,\"enableEnhancedCivicAnswers\":false,"
                + "\"mediaResolution\":\"MEDIA_RESOLUTION_LOW\",\"responseModalities\":[\"TEXT\"],\"temperature\":1}}");
        JsonNode body = GeminiWire.encoded(request, "gemini-2.5-pro");
        assertThat(request.sampling().logprobs()).isNull();
        assertThat(request.modalities()).isNull();
        assertThat(body.at("/toolConfig/retrievalConfig/languageCode").asText()).isEqualTo("de");
        assertThat(body.at("/generationConfig/mediaResolution").asText()).isEqualTo("MEDIA_RESOLUTION_LOW");
        assertThat(body.at("/generationConfig/temperature").asInt()).isEqualTo(1);
        assertThat(body.at("/safetySettings/0/threshold").asText()).isEqualTo("OFF");
        assertThat(body.path("serviceTier").asText()).isEqualTo("standard");
        assertThat(body.at("/labels/a").asText()).isEqualTo("b");
        assertThat(GeminiWire.faults("GenerateContentRequest", body)).isEmpty();
    }

    @Test
    void whatTheClientsSendIsUnderstoodAndCanBeSaidAgain() {
        for (String client : List.of("gemini-cli-1", "gemini-cli-2", "opencode-gemini-2")) {
            ChatRequest request = GeminiWire.PROTOCOL.decode(
                    GeminiWire.PROTOCOL.read(Wire.bytes("gemini/clients/" + client + ".json"), GeminiWire.STREAM));
            assertThat(request.tools()).isNotEmpty();
            for (Part.ToolResult result : results(request)) {
                assertThat(calls(request)).extracting(Part.ToolCall::id).contains(result.callId());
            }
            var encoded = GeminiWire.SURFACE.encode(request, GeminiWire.target("gemini-3-pro-preview"));
            assertThat(encoded.dropped()).isEmpty();
            assertThat(GeminiWire.faults("GenerateContentRequest", Wire.json(encoded.bytes())))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|contents",
                "{\"contents\":[]}|contents",
                "{\"contents\":\"hi\"}|contents",
                "{\"contents\":[1]}|contents[0]",
                "{\"contents\":[{\"parts\":[]}]}|contents[0].parts",
                "{\"contents\":[{\"role\":\"system\",\"parts\":[{\"text\":\"x\"}]}]}|contents[0].role",
                "{\"contents\":[{\"parts\":[{\"x\":1}]}]}|contents[0].parts[0].text",
                "{\"contents\":[{\"parts\":[{\"text\":1}]}]}|contents[0].parts[0].text",
                "{\"contents\":[{\"role\":\"model\",\"parts\":[{\"functionCall\":{\"name\":\"f\",\"args\":[1]}}]}]}|contents[0].parts[0].functionCall.args",
                "{\"contents\":[{\"parts\":[{\"functionResponse\":{\"name\":\"f\",\"response\":\"x\"}}]}]}|contents[0].parts[0].functionResponse.response",
                "{\"contents\":[{\"parts\":[{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"a b\"}}]}]}|contents[0].parts[0].inlineData.data",
                "{\"contents\":[{\"parts\":[{\"inlineData\":{\"mimeType\":\"text/plain\",\"data\":\"A=AA\"}}]}]}|contents[0].parts[0].inlineData.data"
            })
    void aWrongContentIsRefusedWithItsPath(String body, String path) {
        refused(body, path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"generationConfig\":[]|generationConfig",
                "\"generation_config\":7|generation_config",
                "\"tools\":\"x\"|tools",
                "\"cachedContent\":\"cachedContents/1\"|cachedContent",
                "\"generationConfig\":{\"temperature\":\"hot\"}|generationConfig.temperature",
                "\"generationConfig\":{\"temperature\":3}|generationConfig.temperature",
                "\"generationConfig\":{\"topK\":1.5}|generationConfig.topK",
                "\"generationConfig\":{\"maxOutputTokens\":1e99999999}|generationConfig.maxOutputTokens",
                "\"generationConfig\":{\"maxOutputTokens\":0}|generationConfig.maxOutputTokens",
                "\"generationConfig\":{\"stopSequences\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\"]}|generationConfig.stopSequences",
                "\"generationConfig\":{\"responseMimeType\":\"text/html\"}|generationConfig.responseMimeType",
                "\"generationConfig\":{\"thinkingConfig\":{\"thinkingBudget\":1,\"thinkingLevel\":\"LOW\"}}|generationConfig.thinkingConfig.thinkingLevel",
                "\"tools\":[{\"functionDeclarations\":[{}]}]|tools[0].functionDeclarations[0].name",
                "\"tools\":[{\"functionDeclarations\":[{\"name\":\"f\",\"parametersJsonSchema\":1}]}]|tools[0].functionDeclarations[0].parametersJsonSchema",
                "\"systemInstruction\":{\"parts\":[{\"inlineData\":{}}]}|systemInstruction.parts[0].text",
                "\"safetySettings\":[{\"category\":\"x\"}]|safetySettings[0].category",
                "\"labels\":{\"a\":1}|labels.a"
            })
    void aWrongMemberIsRefusedWithItsPath(String member, String path) {
        refused("{" + HI + "," + member + "}", path);
    }

    private static void refused(String body, String path) {
        assertThatThrownBy(() -> GeminiWire.decode(body))
                .isInstanceOf(Refusal.class)
                .satisfies(refusal ->
                        assertThat(((Refusal) refusal).failure().param()).isEqualTo(path));
    }

    private static @Nullable ResponseFormat format(String members) {
        return GeminiWire.decode("{" + HI + ",\"generationConfig\":{" + members + "}}")
                .responseFormat();
    }

    private static List<Part.ToolCall> calls(ChatRequest request) {
        return parts(request, Part.ToolCall.class);
    }

    private static List<Part.ToolResult> results(ChatRequest request) {
        return parts(request, Part.ToolResult.class);
    }

    private static <T extends Part> List<T> parts(ChatRequest request, Class<T> type) {
        var all = new ArrayList<T>();
        request.messages()
                .forEach(message -> message.parts().stream()
                        .filter(type::isInstance)
                        .map(type::cast)
                        .forEach(all::add));
        return all;
    }

    @Test
    void thoughtsAreHiddenFromACallerWhoDidNotAskForThem() {
        assertThat(GeminiWire.read("{" + HI + "}").traits()).isEqualTo(Map.of("thoughts", "hidden"));
        assertThat(GeminiWire.read(
                                "{" + HI + ",\"generation_config\":{\"thinking_config\":{\"include_thoughts\":true}}}")
                        .traits())
                .isEmpty();
    }
}
