package dev.serai.protocol.openairesponses;

import static dev.serai.protocol.openairesponses.ResponsesWire.SURFACE;
import static dev.serai.protocol.openairesponses.ResponsesWire.TARGET;
import static dev.serai.protocol.openairesponses.ResponsesWire.body;
import static dev.serai.protocol.openairesponses.ResponsesWire.decode;
import static dev.serai.protocol.openairesponses.ResponsesWire.encoded;
import static dev.serai.protocol.openairesponses.ResponsesWire.items;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.message.ChatRequest;
import dev.serai.message.Effort;
import dev.serai.message.Kind;
import dev.serai.message.MediaSource;
import dev.serai.message.Message;
import dev.serai.message.Part;
import dev.serai.message.ProviderSignature;
import dev.serai.message.ReasoningForm;
import dev.serai.message.ReasoningOptions.Mode;
import dev.serai.message.ReasoningOptions.Visibility;
import dev.serai.message.Refusal;
import dev.serai.message.ResponseFormat;
import dev.serai.message.Role;
import dev.serai.message.Sampling;
import dev.serai.message.SignatureKind;
import dev.serai.message.SystemRole;
import dev.serai.message.ToolChoice;
import dev.serai.message.ToolDef;
import dev.serai.message.ToolKind;
import dev.serai.protocol.openaichat.Schemas;
import dev.serai.protocol.openaichat.Wire;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponsesRequestTest {

    private static final String HI = "{\"role\":\"user\",\"content\":\"hi\"}";

    private static String message(String role, String text) {
        return "{\"role\":\"%s\",\"content\":\"%s\"}".formatted(role, text);
    }

    private static String call(String id) {
        return "{\"type\":\"function_call\",\"call_id\":\"%s\",\"name\":\"f\",\"arguments\":\"{}\"}".formatted(id);
    }

    private static String output(String id, String text) {
        return "{\"type\":\"function_call_output\",\"call_id\":\"%s\",\"output\":\"%s\"}".formatted(id, text);
    }

    private static Part.ToolCall toolCall(String id) {
        return new Part.ToolCall(id, "f", ToolKind.FUNCTION, "{}", null);
    }

    private static Part.ToolResult result(String id, String text) {
        return new Part.ToolResult(id, "f", List.of(new Part.Text(text)), false, null);
    }

    private static Message user(Part... parts) {
        return Message.of(Role.USER, List.of(parts));
    }

    private static Message assistant(Part... parts) {
        return Message.of(Role.ASSISTANT, List.of(parts));
    }

    // -- input

    @Test
    void textIsOneUserMessage() {
        assertThat(decode(body("\"input\":\"hi\"")).messages()).containsExactly(Message.of(Role.USER, "hi"));
    }

    @Test
    void instructionsAndLeadingSystemItemsAreSystemTextInOrder() {
        ChatRequest request = decode(body("\"instructions\":\"a\",\"input\":[" + message("developer", "b") + ","
                + message("system", "c") + "," + HI + "," + message("developer", "late") + "]"));
        assertThat(request.system()).extracting(it -> it.text()).containsExactly("a", "b", "c");
        assertThat(request.system())
                .extracting(it -> it.role())
                .containsExactly(SystemRole.SYSTEM, SystemRole.DEVELOPER, SystemRole.SYSTEM);
        assertThat(request.messages()).containsExactly(Message.of(Role.USER, "hi"), Message.of(Role.SYSTEM, "late"));
    }

    @Test
    void callsThatStandTogetherAreOneTurnAndAnOutputParts() {
        assertThat(items(HI, call("a"), call("b"), output("b", "2"), output("a", "1"), call("c"), output("c", "3"))
                        .messages())
                .containsExactly(
                        Message.of(Role.USER, "hi"),
                        assistant(toolCall("a"), toolCall("b")),
                        user(result("a", "1"), result("b", "2")),
                        assistant(toolCall("c")),
                        user(result("c", "3")));
    }

    @Test
    void messageBetweenCallAndOutputComesBehindTheOutput() {
        assertThat(items(HI, call("a"), message("user", "wait"), output("a", "1"), message("user", "go"))
                        .messages())
                .containsExactly(
                        Message.of(Role.USER, "hi"),
                        assistant(toolCall("a")),
                        user(result("a", "1"), new Part.Text("wait")),
                        Message.of(Role.USER, "go"));
        assertThat(items(HI, call("a"), message("developer", "note"), output("a", "1"))
                        .messages())
                .containsExactly(
                        Message.of(Role.USER, "hi"),
                        assistant(toolCall("a")),
                        user(result("a", "1")),
                        Message.of(Role.SYSTEM, "note"));
    }

    @Test
    void ofTwoOutputsForOneCallTheLastCountsOnce() {
        assertThat(items(HI, call("a"), output("a", "1"), output("a", "2")).messages())
                .containsExactly(Message.of(Role.USER, "hi"), assistant(toolCall("a")), user(result("a", "2")));
    }

    @Test
    void outputWithoutCallIsRefusedWithItsPath() {
        var refusal = catchThrowableOfType(Refusal.class, () -> items(HI, output("a", "1")));
        assertThat(refusal.failure().param()).isEqualTo("input[1].call_id");
    }

    @Test
    void callWithoutOutputStaysAndIsAnsweredTowardsAnUpstream() {
        ChatRequest request = items(HI, call("a"), message("user", "go on"));
        assertThat(request.messages()).contains(assistant(toolCall("a")), Message.of(Role.USER, "go on"));
        assertThat(encoded(request).at("/input/2")).isEqualTo(Wire.json(output("a", "(no result)")));
    }

    @Test
    void outputHoldsTextsImagesAndFiles() {
        String output = "{\"type\":\"function_call_output\",\"call_id\":\"a\",\"output\":["
                + "{\"type\":\"input_text\",\"text\":\"see\"},"
                + "{\"type\":\"input_image\",\"image_url\":\"data:image/png;base64,AAAA\",\"detail\":\"high\"},"
                + "{\"type\":\"input_file\",\"file_url\":\"https://example.com/a.pdf\"}]}";
        var parts = ((Part.ToolResult)
                        items(HI, call("a"), output).messages().get(2).parts().getFirst())
                .content();
        assertThat(parts)
                .containsExactly(
                        new Part.Text("see"),
                        new Part.Image(new MediaSource.Base64("image/png", "AAAA"), "high", null),
                        new Part.Document(
                                new MediaSource.Url("https://example.com/a.pdf", "application/pdf"),
                                null,
                                null,
                                null,
                                null,
                                null));
        JsonNode sent = encoded(items(HI, call("a"), output));
        assertThat(sent.at("/input/2/output")).hasSize(3);
        assertThat(Schemas.openAiResponses("CreateResponse", sent)).isEmpty();
    }

    @Test
    void customCallsKeepTheirKindBothWays() {
        ChatRequest request = items(
                HI,
                "{\"type\":\"custom_tool_call\",\"call_id\":\"a\",\"name\":\"patch\",\"input\":\"*** x\"}",
                "{\"type\":\"custom_tool_call_output\",\"call_id\":\"a\",\"output\":\"done\"}");
        assertThat(request.messages().get(1))
                .isEqualTo(assistant(new Part.ToolCall("a", "patch", ToolKind.CUSTOM, "*** x", null)));
        JsonNode sent = encoded(request);
        assertThat(sent.at("/input/1"))
                .isEqualTo(Wire.json(
                        "{\"type\":\"custom_tool_call\",\"call_id\":\"a\",\"name\":\"patch\",\"input\":\"*** x\"}"));
        assertThat(sent.at("/input/2/type").asText()).isEqualTo("custom_tool_call_output");
    }

    @Test
    void argumentsMayBeEmptyAndAStrayInputIsNotTheirs() {
        var part = items(
                        HI,
                        "{\"type\":\"function_call\",\"call_id\":\"a\",\"name\":\"f\",\"arguments\":\"\",\"input\":\"x\"}")
                .messages()
                .get(1)
                .parts()
                .getFirst();
        assertThat(part).isEqualTo(new Part.ToolCall("a", "f", ToolKind.FUNCTION, "", null));
    }

    @Test
    void assistantMessagesMayBeEasyOrWhole() {
        String whole = "{\"type\":\"message\",\"id\":\"msg_1\",\"role\":\"assistant\",\"status\":\"completed\","
                + "\"phase\":\"commentary\",\"content\":[{\"type\":\"output_text\",\"text\":\"a\",\"annotations\":[]},"
                + "{\"type\":\"refusal\",\"refusal\":\"no\"}]}";
        assertThat(items(HI, message("assistant", "ok"), HI).messages().get(1))
                .isEqualTo(Message.of(Role.ASSISTANT, "ok"));
        assertThat(items(HI, whole, HI).messages().get(1))
                .isEqualTo(new Message(
                        Role.ASSISTANT, List.of(new Part.Text("a"), new Part.RefusalText("no")), null, "commentary"));
        JsonNode sent = encoded(items(HI, whole, HI));
        assertThat(sent.at("/input/1/phase").asText()).isEqualTo("commentary");
        assertThat(sent.at("/input/1").has("id")).isFalse();
    }

    @Test
    void messagesOfTwoPhasesAreTwoTurns() {
        String one = message("assistant", "a").replace("}", ",\"phase\":\"commentary\"}");
        String two = message("assistant", "b").replace("}", ",\"phase\":\"final_answer\"}");
        assertThat(items(HI, one, two).messages())
                .extracting(Message::phase)
                .containsExactly(null, "commentary", "final_answer");
    }

    @Test
    void mediaOfEveryKindIsRead() {
        ChatRequest request = items("{\"role\":\"user\",\"content\":["
                + "{\"type\":\"input_image\",\"file_id\":\"file_1\",\"detail\":\"auto\"},"
                + "{\"type\":\"input_file\",\"file_data\":\"AAAA\",\"filename\":\"a.pdf\"},"
                + "{\"type\":\"input_file\",\"file_id\":\"file_2\"},"
                + "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"AAAA\",\"format\":\"mp3\"}}]}");
        assertThat(request.messages().getFirst().parts())
                .containsExactly(
                        new Part.Image(new MediaSource.FileId("openai-responses", "file_1"), null, null),
                        new Part.Document(
                                new MediaSource.Base64("application/pdf", "AAAA"), "a.pdf", null, null, null, null),
                        new Part.Document(
                                new MediaSource.FileId("openai-responses", "file_2"), null, null, null, null, null),
                        new Part.Audio(new MediaSource.Base64("audio/mpeg", "AAAA"), "mp3", null));
        assertThat(encoded(request).at("/input/0/content"))
                .extracting(part -> part.path("type").asText())
                .containsExactly("input_image", "input_file", "input_file", "input_audio");
    }

    // -- reasoning

    @Test
    void reasoningStandsBeforeWhatItLedTo() {
        String sealed =
                "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[{\"type\":\"summary_text\",\"text\":\"a\"},"
                        + "{\"type\":\"summary_text\",\"text\":\"b\"}],\"encrypted_content\":\"gAAAA_x-y\"}";
        ChatRequest request = items(HI, sealed, call("a"), output("a", "1"));
        var seal = new ProviderSignature(
                "openai-responses", null, null, SignatureKind.ENCRYPTED_CONTENT, "gAAAA_x-y", "rs_1");
        assertThat(request.messages().get(1))
                .isEqualTo(assistant(new Part.Reasoning("a\n\nb", ReasoningForm.SUMMARY, seal), toolCall("a")));
        assertThat(encoded(request).at("/input/1"))
                .isEqualTo(Wire.json("{\"type\":\"reasoning\",\"summary\":[{\"type\":\"summary_text\","
                        + "\"text\":\"a\\n\\nb\"}],\"encrypted_content\":\"gAAAA_x-y\"}"));
    }

    @Test
    void reasoningMayHoldNullsAndTheTextItself() {
        String nulls =
                "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[{\"type\":\"summary_text\",\"text\":\"s\"}],"
                        + "\"content\":null,\"encrypted_content\":null}";
        String full =
                "{\"type\":\"reasoning\",\"summary\":[],\"content\":[{\"type\":\"reasoning_text\",\"text\":\"t\"}]}";
        String both = full.replace("\"summary\":[]", "\"summary\":[{\"type\":\"summary_text\",\"text\":\"s\"}]");
        String nothing = "{\"type\":\"reasoning\",\"summary\":[],\"encrypted_content\":null}";
        assertThat(reasoning(nulls)).containsExactly(new Part.Reasoning("s", ReasoningForm.SUMMARY, null));
        assertThat(reasoning(full)).containsExactly(new Part.Reasoning("t", ReasoningForm.FULL, null));
        assertThat(reasoning(both)).containsExactly(new Part.Reasoning("s", ReasoningForm.SUMMARY, null));
        assertThat(reasoning(nothing)).isEmpty();
    }

    private static List<Part> reasoning(String item) {
        return items(HI, item, message("assistant", "x"), HI).messages().get(1).parts().stream()
                .filter(Part.Reasoning.class::isInstance)
                .toList();
    }

    @Test
    void reasoningThatLedToNothingIsLeftOut() {
        String item = "{\"type\":\"reasoning\",\"summary\":[{\"type\":\"summary_text\",\"text\":\"s\"}]}";
        assertThat(items(HI, item, HI).messages())
                .containsExactly(Message.of(Role.USER, "hi"), Message.of(Role.USER, "hi"));
    }

    @Test
    void foreignReasoningIsReplayedToNobodyElse() {
        String packed = ProviderSignature.of("anthropic", SignatureKind.SIGNATURE, "sig")
                .packed();
        ChatRequest request = items(
                HI,
                "{\"type\":\"reasoning\",\"summary\":[],\"encrypted_content\":\"" + packed + "\"}",
                message("assistant", "x"),
                HI);
        assertThat(((Part.Reasoning) request.messages().get(1).parts().getFirst()).signature())
                .isEqualTo(ProviderSignature.of("anthropic", SignatureKind.SIGNATURE, "sig"));
        var sent = SURFACE.encode(request, TARGET);
        assertThat(new String(sent.bytes(), UTF_8)).doesNotContain("reasoning", packed);
        assertThat(sent.dropped()).containsExactly("messages.reasoning");
        assertThatThrownBy(() -> SURFACE.encode(request, ResponsesWire.STRICT)).isInstanceOf(Refusal.class);
    }

    @Test
    void sealBehindACallBelongsToTheCall() {
        var seal = ProviderSignature.of("gemini", SignatureKind.THOUGHT_SIGNATURE, "ts");
        String item = "{\"type\":\"reasoning\",\"summary\":[],\"encrypted_content\":\"" + seal.packed() + "\"}";
        assertThat(items(HI, call("a"), item, call("b"), output("a", "1"), output("b", "2"))
                        .messages()
                        .get(1))
                .isEqualTo(assistant(new Part.ToolCall("a", "f", ToolKind.FUNCTION, "{}", seal), toolCall("b")));
    }

    @ParameterizedTest
    @EnumSource(Effort.class)
    void effortIsReadAndWritten(Effort effort) {
        ChatRequest request = decode(body("\"input\":\"x\",\"reasoning\":{\"effort\":\"" + effort.wireName() + "\"}"));
        assertThat(request.reasoning().effectiveEffort()).isEqualTo(effort);
        assertThat(request.reasoning().mode()).isEqualTo(effort == Effort.NONE ? Mode.OFF : Mode.ADAPTIVE);
        JsonNode sent = encoded(request);
        assertThat(sent.path("reasoning")).isEqualTo(Wire.json("{\"effort\":\"" + effort.wireName() + "\"}"));
        assertThat(sent.has("include")).isEqualTo(effort != Effort.NONE);
    }

    @Test
    void summaryAloneIsAWishToSeeReasoning() {
        ChatRequest request =
                decode(body("\"input\":\"x\",\"reasoning\":{\"summary\":\"auto\",\"context\":\"all_turns\"}"));
        assertThat(request.reasoning().visibility()).isEqualTo(Visibility.SUMMARY);
        assertThat(request.reasoning().effectiveEffort()).isNull();
        assertThat(encoded(request).path("reasoning"))
                .isEqualTo(Wire.json("{\"summary\":\"auto\",\"context\":\"all_turns\"}"));
    }

    // -- tools

    @Test
    void namespacesAreFlattenedAndADirectToolWins() {
        ChatRequest request = decode(body("\"input\":\"x\",\"tools\":["
                + "{\"type\":\"namespace\",\"name\":\"ns\",\"description\":\"d\",\"tools\":["
                + "{\"type\":\"function\",\"name\":\"f\",\"parameters\":{}},"
                + "{\"type\":\"custom\",\"name\":\"c\",\"description\":\"own\"},"
                + "{\"type\":\"function\",\"name\":\"g\"}]},"
                + "{\"type\":\"function\",\"name\":\"ns__g\"},{\"type\":\"function\",\"name\":\"ns__g\"}]"));
        assertThat(request.tools())
                .containsExactly(
                        new ToolDef.FunctionTool("ns__f", "d", Wire.json("{}"), null, null),
                        new ToolDef.CustomTool("ns__c", "own", null),
                        new ToolDef.FunctionTool("ns__g", null, null, null, null));
        String history =
                "{\"type\":\"function_call\",\"call_id\":\"a\",\"namespace\":\"ns\",\"name\":\"f\",\"arguments\":\"{}\"}";
        assertThat(items(HI, history, output("a", "1")).messages().get(1))
                .isEqualTo(assistant(new Part.ToolCall("a", "ns__f", ToolKind.FUNCTION, "{}", null)));
    }

    @Test
    void hostedToolsAreKeptForThisProtocolOnly() {
        String tools = "\"tools\":[{\"type\":\"web_search\",\"external_web_access\":true},{\"type\":\"local_shell\"},"
                + "{\"type\":\"code_interpreter\",\"container\":{\"type\":\"auto\"}}]";
        ChatRequest request = decode(body("\"input\":\"x\"," + tools));
        assertThat(request.tools())
                .extracting(tool -> ((ToolDef.HostedTool) tool).kind())
                .containsExactly(ToolDef.HostedKind.WEB_SEARCH, ToolDef.HostedKind.OTHER, ToolDef.HostedKind.CODE_EXEC);
        assertThat(encoded(request).path("tools"))
                .isEqualTo(Wire.json("{" + tools + "}").path("tools"));
    }

    @Test
    void foreignWebSearchIsTranslatedAndOtherHostedToolsAreDropped() {
        var search = Wire.json("{\"type\":\"web_search_20250305\",\"allowed_domains\":[\"a.example\"],"
                + "\"user_location\":{\"type\":\"approximate\",\"city\":\"Oslo\"}}");
        var request = decode(body("\"input\":\"x\"")).toBuilder()
                .tools(List.of(
                        new ToolDef.HostedTool("anthropic-messages", ToolDef.HostedKind.WEB_SEARCH, search),
                        new ToolDef.HostedTool("anthropic-messages", ToolDef.HostedKind.CODE_EXEC, search)))
                .build();
        var sent = SURFACE.encode(request, TARGET);
        assertThat(sent.dropped()).containsExactly("tools.code_exec");
        assertThat(Wire.json(sent.bytes()).path("tools"))
                .isEqualTo(Wire.json("[{\"type\":\"web_search\",\"filters\":{\"allowed_domains\":[\"a.example\"]},"
                        + "\"user_location\":{\"type\":\"approximate\",\"city\":\"Oslo\"}}]"));
    }

    @Test
    void strictIsAlwaysSaidAndGrammarsChangeTheirShape() {
        ChatRequest request = decode(
                body(
                        "\"input\":\"x\",\"tools\":["
                                + "{\"type\":\"function\",\"name\":\"f\"},{\"type\":\"function\",\"name\":\"g\",\"strict\":true,\"parameters\":{}},"
                                + "{\"type\":\"custom\",\"name\":\"c\",\"format\":{\"type\":\"grammar\",\"syntax\":\"lark\",\"definition\":\"s: x\"}}]"));
        assertThat(request.tools().getLast())
                .isEqualTo(new ToolDef.CustomTool(
                        "c",
                        null,
                        Wire.json("{\"type\":\"grammar\",\"grammar\":{\"syntax\":\"lark\",\"definition\":\"s: x\"}}")));
        JsonNode tools = encoded(request).path("tools");
        assertThat(tools.at("/0/strict").asBoolean(true)).isFalse();
        assertThat(tools.at("/1/strict").asBoolean()).isTrue();
        assertThat(tools.at("/2/format"))
                .isEqualTo(Wire.json("{\"type\":\"grammar\",\"syntax\":\"lark\",\"definition\":\"s: x\"}"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`\"auto\"`",
                "`\"none\"`",
                "`\"required\"`",
                "`{\"type\":\"function\",\"name\":\"f\"}`",
                "`{\"type\":\"custom\",\"name\":\"f\"}`",
                "`{\"type\":\"allowed_tools\",\"mode\":\"required\",\"tools\":[{\"type\":\"function\",\"name\":\"f\"}]}`",
                "`{\"type\":\"web_search_preview\"}`",
                "`{\"type\":\"mcp\",\"server_label\":\"s\"}`"
            })
    void choicesOfEveryFormAreKept(String choice) {
        ChatRequest request = decode(body("\"input\":\"x\",\"tools\":[{\"type\":\"function\",\"name\":\"f\"}],"
                + "\"tool_choice\":" + choice + ",\"parallel_tool_calls\":false"));
        JsonNode sent = encoded(request);
        assertThat(sent.path("tool_choice")).isEqualTo(Wire.json(choice));
        assertThat(sent.path("parallel_tool_calls").asBoolean(true)).isFalse();
        assertThat(request.toolChoice() == null).isEqualTo(choice.contains("web_search") || choice.contains("mcp"));
    }

    @Test
    void choiceWithoutToolsIsNotSent() {
        var request = decode(body("\"input\":\"x\"")).toBuilder()
                .toolChoice(new ToolChoice.Required())
                .parallelToolCalls(true)
                .build();
        assertThat(encoded(request))
                .isEqualTo(Wire.json(
                        "{\"model\":\"demo-1\",\"input\":[{\"type\":\"message\",\"role\":\"user\",\"content\":"
                                + "[{\"type\":\"input_text\",\"text\":\"x\"}]}],\"store\":false}"));
    }

    @Test
    void longCallIdsAreReplacedInCallAndOutput() {
        String id = "x".repeat(80);
        JsonNode sent = encoded(items(HI, call(id), output(id, "1")));
        String sentId = sent.at("/input/1/call_id").asText();
        assertThat(sentId).hasSizeLessThanOrEqualTo(64).startsWith("call_");
        assertThat(sent.at("/input/2/call_id").asText()).isEqualTo(sentId);
    }

    // -- the rest

    @Test
    void formatsAndVerbosityAreReadAndWritten() {
        String text = "{\"format\":{\"type\":\"json_schema\",\"name\":\"n\",\"schema\":{\"type\":\"object\"},"
                + "\"strict\":true,\"description\":\"d\"},\"verbosity\":\"low\"}";
        ChatRequest request = decode(body("\"input\":\"x\",\"text\":" + text));
        assertThat(request.responseFormat())
                .isEqualTo(new ResponseFormat.JsonSchema("n", "d", Wire.json("{\"type\":\"object\"}"), true));
        assertThat(request.verbosity()).isEqualTo("low");
        assertThat(encoded(request).path("text")).isEqualTo(Wire.json(text));
        assertThat(encoded(decode(body("\"input\":\"x\",\"text\":{\"format\":{\"type\":\"json_object\"}}")))
                        .path("text"))
                .isEqualTo(Wire.json("{\"format\":{\"type\":\"json_object\"}}"));
    }

    @Test
    void membersThatOnlyThisProtocolHasComeBackOnItsOwnWire() {
        String members = "\"truncation\":\"auto\",\"max_tool_calls\":3,\"client_metadata\":{\"a\":\"b\"}";
        ChatRequest request = decode(body("\"input\":\"x\"," + members
                + ",\"include\":[\"reasoning.encrypted_content\",\"file_search_call.results\",\"message.output_text.logprobs\"],"
                + "\"top_logprobs\":2"));
        assertThat(request.sampling().logprobs()).isTrue();
        assertThat(request.sampling().topLogprobs()).isEqualTo(2);
        JsonNode sent = encoded(request);
        Wire.json("{" + members + "}")
                .properties()
                .forEach(member -> assertThat(sent.path(member.getKey())).isEqualTo(member.getValue()));
        assertThat(sent.path("include"))
                .isEqualTo(Wire.json("[\"message.output_text.logprobs\",\"file_search_call.results\"]"));
    }

    @Test
    void membersThatAllHaveAreReadAndWritten() {
        String members = "\"max_output_tokens\":20,\"temperature\":0.5,\"top_p\":0.25,\"metadata\":{\"a\":\"b\"},"
                + "\"service_tier\":\"flex\",\"prompt_cache_key\":\"k\",\"safety_identifier\":\"u\",\"store\":true";
        JsonNode sent = encoded(decode(body("\"input\":\"x\"," + members)));
        Wire.json("{" + members + "}")
                .properties()
                .forEach(member -> assertThat(sent.path(member.getKey())).isEqualTo(member.getValue()));
    }

    @Test
    void leastOutputIsSixteenTokensAndTheModelsLimitHolds() {
        var request = decode(body("\"input\":\"x\",\"max_output_tokens\":5"));
        assertThat(encoded(request).path("max_output_tokens").asInt()).isEqualTo(16);
        var limited = new dev.serai.protocol.Target("m", false, "Be kind.", TARGET.customParams(), 100L, false);
        var body = Wire.json(SURFACE.encode(
                        decode(body("\"input\":\"x\",\"instructions\":\"Be brief.\",\"max_output_tokens\":500")),
                        limited)
                .bytes());
        assertThat(body.path("max_output_tokens").asInt()).isEqualTo(100);
        assertThat(body.path("instructions").asText()).isEqualTo("Be kind.\n\nBe brief.");
    }

    @Test
    void whatThisWireLacksIsReportedOrRefused() {
        var sampling = new Sampling(null, null, 5, 7L, 1.0, 1.0, List.of("END"), null, null, null, Map.of("1", 2.0));
        var request =
                decode(body("\"input\":\"x\"")).toBuilder().sampling(sampling).build();
        assertThat(SURFACE.encode(request, TARGET).dropped())
                .containsExactly("topK", "seed", "stop", "presencePenalty", "frequencyPenalty", "logitBias");
        var several = request.toBuilder()
                .sampling(new Sampling(null, null, null, null, null, null, List.of(), 2, null, null, Map.of()))
                .build();
        assertThatThrownBy(() -> SURFACE.encode(several, TARGET)).isInstanceOf(Refusal.class);
    }

    @Test
    void failedResultsSaySo() {
        var request = items(HI, call("a"), output("a", "offline"));
        var failed = request.toBuilder()
                .messages(List.of(
                        request.messages().get(0),
                        request.messages().get(1),
                        user(new Part.ToolResult("a", "f", List.of(new Part.Text("offline")), true, null))))
                .build();
        assertThat(encoded(failed).at("/input/2/output").asText()).isEqualTo("Error: offline");
    }

    @Test
    void hostedCallsStayInTheirPlace() {
        String search = "{\"type\":\"web_search_call\",\"id\":\"ws_1\",\"status\":\"completed\"}";
        String shell = "{\"type\":\"local_shell_call\",\"id\":\"ls_1\",\"call_id\":\"s\",\"status\":\"completed\"}";
        JsonNode sent = encoded(items(HI, search, shell, output("s", "1"), message("assistant", "x"), HI));
        assertThat(sent.path("input"))
                .extracting(item -> item.path("type").asText())
                .containsExactly(
                        "message", "web_search_call", "local_shell_call", "function_call_output", "message", "message");
    }

    @ParameterizedTest
    @ValueSource(strings = {"conversation", "prompt", "background"})
    void stateIsRefusedWithTheMembersName(String name) {
        String value = name.equals("prompt") ? "{\"id\":\"p\"}" : name.equals("background") ? "true" : "\"x\"";
        var refusal =
                catchThrowableOfType(Refusal.class, () -> decode(body("\"input\":\"x\",\"" + name + "\":" + value)));
        assertThat(refusal.failure().kind()).isEqualTo(Kind.UNSUPPORTED_PARAMETER);
        assertThat(refusal.failure().param()).isEqualTo(name);
        assertThat(decode(body("\"input\":\"x\",\"" + name + "\":" + (name.equals("background") ? "false" : "null"))))
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`\"input\":7` | input",
                "`\"input\":[]` | input",
                "`\"input\":\"\"` | input",
                "`\"max_output_tokens\":0,\"input\":\"x\"` | max_output_tokens",
                "`\"input\":\"x\",\"temperature\":\"hot\"` | temperature",
                "`\"input\":\"x\",\"top_p\":7` | top_p",
                "`\"input\":[7]` | input[0]",
                "`\"input\":[{}]` | input[0].type",
                "`\"input\":[{\"role\":\"robot\",\"content\":\"x\"}]` | input[0].role",
                "`\"input\":[{\"role\":\"user\"}]` | input[0].content",
                "`\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"output_text\",\"text\":\"x\"}]}]` | input[0].content[0].type",
                "`\"input\":[{\"role\":\"assistant\",\"content\":[{\"type\":\"input_text\",\"text\":\"x\"}]}]` | input[0].content[0].type",
                "`\"input\":[{\"role\":\"system\",\"content\":[{\"type\":\"input_image\",\"image_url\":\"x\"}]}]` | input[0].content[0].type",
                "`\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"image_url\":\"ftp://x\"}]}]` | input[0].content[0].image_url",
                "`\"input\":[{\"type\":\"function_call\",\"name\":\"f\"}]` | input[0].call_id",
                "`\"input\":[{\"type\":\"function_call\",\"call_id\":\"a\"}]` | input[0].name",
                "`\"input\":[{\"type\":\"item_reference\",\"id\":\"x\"}]` | input[0]",
                "`\"input\":\"x\",\"tools\":[{\"type\":\"function\"}]` | tools[0].name",
                "`\"input\":\"x\",\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"parameters\":7}]` | tools[0].parameters",
                "`\"input\":\"x\",\"tool_choice\":\"maybe\"` | tool_choice",
                "`\"input\":\"x\",\"reasoning\":{\"effort\":\"huge\"}` | reasoning.effort",
                "`\"input\":\"x\",\"text\":{\"format\":{\"type\":\"xml\"}}` | text.format.type",
                "`\"input\":\"x\",\"text\":{\"format\":{\"type\":\"json_schema\",\"schema\":{}}}` | text.format.name",
                "`\"input\":\"x\",\"metadata\":{\"a\":7}` | metadata.a"
            })
    void whatIsWrongIsRefusedWithItsPath(String members, String path) {
        var refusal = catchThrowableOfType(Refusal.class, () -> decode(body(members)));
        assertThat(refusal.failure().param()).isEqualTo(path);
        assertThat(refusal.failure().kind().status()).isEqualTo(400);
    }

    // -- clients

    @ParameterizedTest
    @ValueSource(strings = {"codex-1", "codex-2", "opencode-responses-2"})
    void requestsOfClientsAreRead(String name) {
        JsonNode client = Wire.json(ResponsesWire.bytes("clients/" + name + ".json"));
        ChatRequest request = decode(client.path("body").toString());
        assertThat(request.messages()).isNotEmpty();
        assertThat(request.system()).isNotEmpty();
        assertThat(request.tools()).isNotEmpty();
        JsonNode sent = encoded(request);
        assertThat(Schemas.openAiResponses("CreateResponse", ResponsesWire.withIds(sent)))
                .isEmpty();
    }

    @Test
    void codexIsUnderstood() {
        JsonNode client = Wire.json(ResponsesWire.bytes("clients/codex-2.json"));
        ChatRequest request = decode(client.path("body").toString());
        assertThat(request.system()).hasSize(3).allMatch(block -> block.role() == SystemRole.DEVELOPER);
        assertThat(request.messages())
                .extracting(Message::role)
                .containsExactly(Role.USER, Role.USER, Role.ASSISTANT, Role.USER);
        assertThat(request.messages().get(2).parts()).hasSize(2);
        assertThat(request.reasoning().visibility()).isEqualTo(Visibility.SUMMARY);
        assertThat(request.store()).isFalse();
        assertThat(request.tools())
                .filteredOn(ToolDef.FunctionTool.class::isInstance)
                .extracting(tool -> ((ToolDef.FunctionTool) tool).name())
                .contains("exec_command", "multi_agent_v1__close_agent");
    }
}
