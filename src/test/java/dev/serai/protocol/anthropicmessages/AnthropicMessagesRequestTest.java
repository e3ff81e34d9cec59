package dev.serai.protocol.anthropicmessages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.message.CacheHint;
import dev.serai.message.ChatRequest;
import dev.serai.message.Effort;
import dev.serai.message.Extensions;
import dev.serai.message.MediaSource;
import dev.serai.message.Message;
import dev.serai.message.Part;
import dev.serai.message.ProviderSignature;
import dev.serai.message.ReasoningForm;
import dev.serai.message.ReasoningOptions;
import dev.serai.message.Refusal;
import dev.serai.message.Role;
import dev.serai.message.Sampling;
import dev.serai.message.SignatureKind;
import dev.serai.message.SystemBlock;
import dev.serai.message.SystemRole;
import dev.serai.message.ToolChoice;
import dev.serai.message.ToolDef;
import dev.serai.message.ToolKind;
import dev.serai.protocol.Target;
import dev.serai.protocol.openaichat.Wire;
import dev.serai.testkit.FakeHead;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnthropicMessagesRequestTest {

    private static final String HI = Messages.says("hi");
    private static final String CALLS = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},"
            + "{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"f\",\"input\":{}},"
            + "{\"type\":\"tool_use\",\"id\":\"b\",\"name\":\"g\",\"input\":{\"x\":1}}]},";

    // -- reading

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "messages":[]                                                                    | messages
            "messages":[{"role":"user"}]                                                     | messages[0].content
            "messages":[{"role":"tool","content":"x"}]                                       | messages[0].role
            "messages":[{"role":"user","content":" "}]                                       | messages[0].content
            "messages":[{"role":"user","content":[]}]                                        | messages[0].content
            "messages":[{"role":"user","content":[{"type":"song"}]}]                         | messages[0].content[0].type
            "messages":[{"role":"user","content":[{"type":"image"}]}]                        | messages[0].content[0].source
            "messages":[{"role":"user","content":[{"type":"image","source":{"type":"url","url":"ftp://x"}}]}] | messages[0].content[0].source.url
            "messages":[{"role":"user","content":[{"type":"image","source":{"type":"base64","data":"AA"}}]}] | messages[0].content[0].source.media_type
            "messages":[{"role":"user","content":[{"type":"tool_result","tool_use_id":"x"}]}] | messages[0].content
            "messages":[{"role":"assistant","content":[{"type":"tool_use","id":"a","name":"f","input":[]}]}] | messages[0].content[0].input
            "messages":[{"role":"user","content":"x"}],"max_tokens":-1                       | max_tokens
            "messages":[{"role":"user","content":"x"}],"temperature":1.5                     | temperature
            "messages":[{"role":"user","content":"x"}],"temperature":"hot"                   | temperature
            "messages":[{"role":"user","content":"x"}],"system":7                            | system
            "messages":[{"role":"user","content":"x"}],"system":[{"type":"image"}]           | system[0].type
            "messages":[{"role":"user","content":"x"}],"thinking":{"type":"deep"}            | thinking.type
            "messages":[{"role":"user","content":"x"}],"output_config":{"effort":"huge"}     | output_config.effort
            "messages":[{"role":"user","content":"x"}],"output_config":{"format":{"type":"xml"}} | output_config.format.type
            "messages":[{"role":"user","content":"x"}],"tools":[{"name":"f"}]                | tools[0].input_schema
            "messages":[{"role":"user","content":[{"type":"text","text":"x","cache_control":{"type":"ephemeral","ttl":"2h"}}]}] | messages[0].content[0].cache_control.ttl
            """, quoteCharacter = '\0')
    void aWrongFieldIsNamed(String members, String path) {
        var refusal = catchThrowableOfType(Refusal.class, () -> Messages.decode(members));
        assertThat(refusal).as(members).isNotNull();
        assertThat(refusal.failure().param()).isEqualTo(path);
        assertThat(refusal.failure().message()).startsWith(path + ": ");
    }

    @Test
    void aRequestWithoutMaxTokensIsRefusedUnlessItOnlyCounts() {
        byte[] body = ("{\"model\":\"m\"," + HI + "}").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        var refusal = catchThrowableOfType(Refusal.class, () -> Messages.PROTOCOL.read(body, FakeHead.NONE));
        assertThat(refusal.failure().param()).isEqualTo("max_tokens");
        var counting = new FakeHead("/v1/messages/count_tokens", Map.of(), Map.of(), Map.of());
        assertThat(Messages.PROTOCOL
                        .decode(Messages.PROTOCOL.read(body, counting))
                        .maxOutputTokens())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            "messages":[{"role":"user","content":"x"}],"temperature":1   | temperature
            "messages":[{"role":"user","content":"x"}],"top_p":0.99      | top_p
            "messages":[{"role":"user","content":"x"}],"top_k":null      | top_k
            "messages":[{"role":"assistant","content":[{"type":"document","source":{}}]}] | messages[0].content[0]
            "messages":[{"role":"user","content":[{"type":"text","text":"x","citations":[{}]}]}] | messages[0].content[0].citations
            """)
    void whatTheNewerVersionRefusesIsRefusedAndTheOlderBearsIt(String members, String path) {
        var refusal = catchThrowableOfType(Refusal.class, () -> Messages.read(members, "2026-10-21"));
        assertThat(refusal.failure().param()).isEqualTo(path);
        assertThat(refusal.failure().message()).contains("2026-10-21");
        assertThat(Messages.read(members, "2023-06-01").model()).isEqualTo("m");
    }

    @Test
    void theNewerVersionTakesDocumentsOfUsersAndEmptyCitations() {
        var envelope = Messages.read(
                "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"document\",\"source\":{\"type\":\"text\","
                        + "\"media_type\":\"text/plain\",\"data\":\"d\"}},{\"type\":\"text\",\"text\":\"x\",\"citations\":[]}]}]",
                "2026-10-21");
        assertThat(envelope.traits()).containsEntry("anthropic-version", "2026-10-21");
    }

    @Test
    void versionAndBetasAreKeptAndNothingElse() {
        var head = FakeHead.ofHeaders(
                Map.of("anthropic-version", "2027-01-01", "anthropic-beta", "a,b", "cookie", "c", "x-api-key", "k"));
        assertThat(Messages.PROTOCOL.read(Messages.body(HI), head).traits())
                .containsOnly(Map.entry("anthropic-version", "2027-01-01"), Map.entry("anthropic-beta", "a,b"));
        assertThat(Messages.read(HI).traits()).containsOnly(Map.entry("anthropic-version", "2023-06-01"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest", "2023-6-1", "2023-06-01x"})
    void aVersionThatIsNoDateIsRefused(String version) {
        var refusal = catchThrowableOfType(Refusal.class, () -> Messages.read(HI, version));
        assertThat(refusal.failure().param()).isEqualTo("anthropic-version");
    }

    @Test
    void theMarkForLongContextIsNoPartOfTheModelsName() {
        byte[] body = Messages.text(Messages.body(HI))
                .replace("\"m\"", "\"opus[1m]\"")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        var envelope = Messages.PROTOCOL.read(body, FakeHead.ofHeaders(Map.of("anthropic-beta", "a")));
        assertThat(envelope.model()).isEqualTo("opus");
        assertThat(envelope.traits()).containsEntry("anthropic-beta", "a,context-1m-2025-08-07");
    }

    @Test
    void aConversationStaysTogetherByItsUserIdElseByTheSession() {
        var session = FakeHead.ofHeaders(Map.of("x-claude-code-session-id", "s"));
        assertThat(Messages.PROTOCOL.read(Messages.body(HI), session).affinity())
                .isEqualTo("s");
        assertThat(Messages.PROTOCOL
                        .read(Messages.body(HI + ",\"metadata\":{\"user_id\":\"u\"}"), session)
                        .affinity())
                .isEqualTo("u");
    }

    // -- decoding

    @Test
    void toolResultsComeFirstAndTakeTheirToolsName() {
        ChatRequest request = Messages.decode(CALLS
                + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"before\"},"
                + "{\"type\":\"tool_result\",\"tool_use_id\":\"b\",\"content\":[{\"type\":\"text\",\"text\":\"2\"}],\"is_error\":true}]},"
                + "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"a\"}]}]");
        assertThat(request.messages()).hasSize(3);
        assertThat(request.messages().get(2).parts())
                .containsExactly(
                        new Part.ToolResult("b", "g", List.of(new Part.Text("2")), true, null),
                        new Part.ToolResult("a", "f", List.of(), false, null),
                        new Part.Text("before"));
    }

    @Test
    void aResultGivenTwiceIsRefused() {
        var refusal = catchThrowableOfType(
                Refusal.class,
                () -> Messages.decode(
                        CALLS + "{\"role\":\"user\",\"content\":["
                                + "{\"type\":\"tool_result\",\"tool_use_id\":\"a\"},{\"type\":\"tool_result\",\"tool_use_id\":\"a\"}]}]"));
        assertThat(refusal.failure().param()).isEqualTo("messages[2].content");
    }

    @Test
    void systemMessagesStayInTheirPlaceButBehindTheResultsOfCalls() {
        ChatRequest request = Messages.decode(CALLS + "{\"role\":\"system\",\"content\":\"now\"},"
                + "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"a\"},"
                + "{\"type\":\"tool_result\",\"tool_use_id\":\"b\"}]}]");
        assertThat(request.messages())
                .extracting(Message::role)
                .containsExactly(Role.USER, Role.ASSISTANT, Role.USER, Role.SYSTEM);
        ChatRequest plain = Messages.decode("\"messages\":[{\"role\":\"system\",\"content\":\"first\"},"
                + "{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"system\",\"content\":\"then\"},"
                + "{\"role\":\"user\",\"content\":\"b\"}]");
        assertThat(plain.system()).containsExactly(SystemBlock.of("first"));
        assertThat(plain.messages()).extracting(Message::role).containsExactly(Role.USER, Role.SYSTEM, Role.USER);
    }

    @Test
    void aClientsBillingHeaderIsNoPrompt() {
        ChatRequest request = Messages.decode(HI + ",\"system\":[{\"type\":\"text\",\"text\":"
                + "\"x-anthropic-billing-header: cc_version=1\"},{\"type\":\"text\",\"text\":\"Be brief.\","
                + "\"cache_control\":{\"type\":\"ephemeral\",\"ttl\":\"1h\"}}]");
        assertThat(request.system())
                .containsExactly(new SystemBlock("Be brief.", new CacheHint(Duration.ofHours(1)), SystemRole.SYSTEM));
    }

    @Test
    void emptyTextsAndStrayThinkingAreLeftOut() {
        ChatRequest request = Messages.decode("\"messages\":[{\"role\":\"user\",\"content\":["
                + "{\"type\":\"text\",\"text\":\"\"},{\"type\":\"thinking\",\"thinking\":\"t\"},{\"type\":\"text\",\"text\":\"a\"}]},"
                + "{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":null},{\"type\":\"thinking\",\"thinking\":\" \"}]},"
                + "{\"role\":\"user\",\"content\":\"b\"}]");
        assertThat(request.messages())
                .containsExactly(Message.of(Role.USER, List.of(new Part.Text("a"), new Part.Text("b"))));
    }

    @Test
    void mediaInToolResultsAndDocumentsOfEveryKindAreRead() {
        ChatRequest request = Messages.decode(CALLS + "{\"role\":\"user\",\"content\":["
                + "{\"type\":\"tool_result\",\"tool_use_id\":\"a\",\"content\":[{\"type\":\"image\",\"source\":"
                + "{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"AA\"}}]},"
                + "{\"type\":\"document\",\"title\":\"t\",\"context\":\"c\",\"citations\":{\"enabled\":true},"
                + "\"source\":{\"type\":\"content\",\"content\":[{\"type\":\"text\",\"text\":\"one\"},{\"type\":\"text\",\"text\":\"two\"}]}},"
                + "{\"type\":\"search_result\",\"source\":\"https://a\",\"title\":\"s\",\"content\":[{\"type\":\"text\",\"text\":\"hit\"}]},"
                + "{\"type\":\"document\",\"source\":{\"type\":\"file\",\"file_id\":\"f1\"}}]}]");
        assertThat(request.messages().get(2).parts())
                .containsExactly(
                        new Part.ToolResult(
                                "a",
                                "f",
                                List.of(new Part.Image(new MediaSource.Base64("image/png", "AA"), null, null)),
                                false,
                                null),
                        new Part.Document(new MediaSource.InlineText("one\ntwo"), "t", null, "c", true, null),
                        new Part.Document(new MediaSource.InlineText("hit"), "s", null, "https://a", null, null),
                        new Part.Document(
                                new MediaSource.FileId("anthropic-messages", "f1"), null, null, null, null, null));
    }

    @Test
    void sealsOfOthersAreUnpackedAndFindBackToTheirCalls() {
        var gemini = ProviderSignature.of("gemini", SignatureKind.THOUGHT_SIGNATURE, "seal");
        var openai = ProviderSignature.of("openai-responses", SignatureKind.ENCRYPTED_CONTENT, "enc");
        ChatRequest request =
                Messages.decode("\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\","
                        + "\"content\":[{\"type\":\"thinking\",\"thinking\":\"t\",\"signature\":\"" + openai.packed()
                        + "\"},"
                        + "{\"type\":\"redacted_thinking\",\"data\":\"own\"},"
                        + "{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"f\",\"input\":{\"x\":1.0}},"
                        + "{\"type\":\"redacted_thinking\",\"data\":\"" + gemini.packed() + "\"}]}]");
        assertThat(request.messages().get(1).parts())
                .containsExactly(
                        new Part.Reasoning("t", ReasoningForm.FULL, openai),
                        new Part.Reasoning(
                                "",
                                ReasoningForm.REDACTED,
                                ProviderSignature.of("anthropic", SignatureKind.REDACTED_DATA, "own")),
                        new Part.ToolCall("a", "f", ToolKind.FUNCTION, "{\"x\":1.0}", gemini));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', nullValues = "-", textBlock = """
            "thinking":{"type":"adaptive"},"output_config":{"effort":"max"}     | ADAPTIVE | MAX    | -
            "thinking":{"type":"enabled","budget_tokens":8192}                  | BUDGET   | -      | 8192
            "thinking":{"type":"enabled"}                                       | ADAPTIVE | -      | -
            "thinking":{"type":"disabled"}                                      | OFF      | NONE   | -
            "thinking":{"type":"between_tools"}                                 | OFF      | NONE   | -
            "output_config":{"effort":"low"}                                    | DEFAULT  | LOW    | -
            """)
    void thinkingIsRead(String members, ReasoningOptions.Mode mode, @Nullable Effort effort, @Nullable Integer budget) {
        var reasoning = Messages.decode(HI + "," + members).reasoning();
        assertThat(reasoning.mode()).isEqualTo(mode);
        assertThat(reasoning.effort()).isEqualTo(effort);
        assertThat(reasoning.budgetTokens()).isEqualTo(budget);
    }

    @Test
    void aBudgetStandsForAnEffort() {
        assertThat(Messages.decode(HI + ",\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":31999}")
                        .reasoning()
                        .effectiveEffort())
                .isEqualTo(Effort.XHIGH);
    }

    @Test
    void serverToolsAreHostedAndAChoiceWithoutToolsIsNone() {
        ChatRequest request =
                Messages.decode(HI + ",\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"web_search\"},"
                        + "{\"type\":\"custom\",\"name\":\"f\",\"input_schema\":{\"type\":\"object\"},\"eager_input_streaming\":true}],"
                        + "\"tool_choice\":{\"type\":\"any\",\"disable_parallel_tool_use\":true}");
        assertThat(request.tools().getFirst())
                .isInstanceOfSatisfying(
                        ToolDef.HostedTool.class,
                        tool -> assertThat(tool.kind()).isEqualTo(ToolDef.HostedKind.WEB_SEARCH));
        assertThat(request.tools().getLast()).isInstanceOf(ToolDef.FunctionTool.class);
        assertThat(request.toolChoice()).isEqualTo(new ToolChoice.Required());
        assertThat(request.parallelToolCalls()).isFalse();
        assertThat(Messages.decode(HI + ",\"tools\":[],\"tool_choice\":{\"type\":\"auto\"}")
                        .toolChoice())
                .isNull();
    }

    @Test
    void whatIsNotKnownComesBackToTheSameFamilyOnly() {
        String more = ",\"context_management\":{\"edits\":[]},\"output_config\":{\"effort\":\"low\",\"task_budget\":7},"
                + "\"thinking\":{\"type\":\"between_tools\"},\"speed\":\"fast\"";
        JsonNode body = Messages.encoded(Messages.decode(HI + more), "claude-opus-5");
        assertThat(body.at("/context_management/edits").isArray()).isTrue();
        assertThat(body.at("/output_config/task_budget").asInt()).isEqualTo(7);
        assertThat(body.at("/thinking/type").asText()).isEqualTo("between_tools");
        assertThat(body.path("speed").asText()).isEqualTo("fast");
    }

    @Test
    void membersOfAnotherProtocolAreReportedByTheirPlainNames() {
        var unmapped = (ObjectNode) Wire.json("{\"prediction\":{},\"bad\\nname\":1,\"thinking\":{}}");
        ChatRequest request = asks(user("a")).toBuilder()
                .extensions(new Extensions("openai-chat", unmapped))
                .build();
        var encoded = Messages.encode(request, "m");
        assertThat(encoded.dropped()).containsExactly("prediction");
        assertThat(Messages.text(encoded.bytes())).doesNotContain("prediction", "bad");
    }

    // -- encoding

    private static ChatRequest asks(Message... messages) {
        return ChatRequest.builder("m")
                .messages(List.of(messages))
                .maxOutputTokens(4096L)
                .build();
    }

    private static Message user(String text) {
        return Message.of(Role.USER, text);
    }

    private static Part.ToolCall call(String id, String arguments) {
        return new Part.ToolCall(id, "f", ToolKind.FUNCTION, arguments, null);
    }

    private static Part.ToolResult result(String id, Part... content) {
        return new Part.ToolResult(id, "f", List.of(content), false, null);
    }

    private static Message model(Part... parts) {
        return Message.of(Role.ASSISTANT, List.of(parts));
    }

    @Test
    void usersInARowMakeOneMessageAndSystemTurnsBecomeReminders() {
        JsonNode messages = Messages.encoded(
                        asks(user("a"), Message.of(Role.SYSTEM, "s"), user("b"), model(new Part.Text("c "))),
                        "claude-3-opus")
                .path("messages");
        assertThat(messages)
                .isEqualTo(Wire.json("[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},"
                        + "{\"type\":\"text\",\"text\":\"<system-reminder>\\ns\\n</system-reminder>\"},"
                        + "{\"type\":\"text\",\"text\":\"b\"}]},{\"role\":\"assistant\",\"content\":\"c\"}]"));
    }

    @Test
    void theUserSpeaksFirstAndForNewerModelsLast() {
        JsonNode messages = Messages.encoded(asks(model(new Part.Text("a"))), "claude-opus-4-6")
                .path("messages");
        assertThat(messages.findValuesAsText("role")).containsExactly("user", "assistant", "user");
        assertThat(Messages.encoded(asks(), "claude-3-opus").path("messages").findValuesAsText("role"))
                .containsExactly("user");
    }

    @Test
    void everyCallIsAnsweredOnceAndFirst() {
        JsonNode messages = Messages.encoded(
                        asks(
                                user("a"),
                                model(call("c1", "{}"), call("c2", "")),
                                Message.of(
                                        Role.USER,
                                        List.of(
                                                result("c2", new Part.Text("two")),
                                                result("c2", new Part.Text("again")),
                                                result("c9", new Part.Text("stray")),
                                                new Part.Text("go")))),
                        "m")
                .path("messages");
        assertThat(messages.get(2).path("content"))
                .isEqualTo(Wire.json("[{\"type\":\"tool_result\",\"tool_use_id\":\"c1\",\"content\":\"(no result)\"},"
                        + "{\"type\":\"tool_result\",\"tool_use_id\":\"c2\",\"content\":\"two\"},"
                        + "{\"type\":\"text\",\"text\":\"stray\"},{\"type\":\"text\",\"text\":\"go\"}]"));
        JsonNode open =
                Messages.encoded(asks(user("a"), model(call("c1", "{}"))), "m").path("messages");
        assertThat(open.get(2).at("/content/0/tool_use_id").asText()).isEqualTo("c1");
    }

    @Test
    void idsThatDoNotFitAreReplacedTheSameInCallAndResult() {
        JsonNode messages = Messages.encoded(
                        asks(
                                user("a"),
                                model(call("functions.f:0 ü", "{}"), call("", "{}")),
                                Message.of(
                                        Role.USER, List.of(result("functions.f:0 ü", new Part.Text("r")), result("")))),
                        "m")
                .path("messages");
        String id = messages.get(1).at("/content/0/id").asText();
        assertThat(id).matches("toolu_[0-9a-f]{24}");
        assertThat(messages.get(2).at("/content/0/tool_use_id").asText()).isEqualTo(id);
        assertThat(messages.get(2).at("/content/1/tool_use_id"))
                .isEqualTo(messages.get(1).at("/content/1/id"));
    }

    @Test
    void argumentsThatAreNoObjectAreKeptAsTextAndReported() {
        for (String broken : List.of("{\"x\":", "[1]", "7")) {
            var encoded = Messages.encode(asks(user("a"), model(call("c1", broken)), user("b")), "m");
            assertThat(Wire.json(encoded.bytes())
                            .at("/messages/1/content/0/input/_raw")
                            .asText())
                    .isEqualTo(broken);
            assertThat(encoded.dropped()).containsExactly("messages.toolCall.arguments");
        }
    }

    @Test
    void thinkingOfOthersIsNeverSent() {
        var own = ProviderSignature.of("anthropic", SignatureKind.SIGNATURE, "s");
        var foreign = ProviderSignature.of("gemini", SignatureKind.THOUGHT_SIGNATURE, "g");
        JsonNode content = Messages.encoded(
                        asks(
                                user("a"),
                                model(
                                        new Part.Reasoning("mine", ReasoningForm.FULL, own),
                                        new Part.Reasoning("none", ReasoningForm.FULL, null),
                                        new Part.Reasoning("theirs", ReasoningForm.FULL, foreign),
                                        new Part.Text("t")),
                                user("b")),
                        "m")
                .at("/messages/1/content");
        assertThat(content)
                .isEqualTo(
                        Wire.json(
                                "[{\"type\":\"thinking\",\"thinking\":\"mine\",\"signature\":\"s\"},{\"type\":\"text\",\"text\":\"t\"}]"));
    }

    @Test
    void atMostFourCacheMarksStayAndNoLongerOneFollowsAShorterOne() {
        var hour = new CacheHint(Duration.ofHours(12));
        var minutes = new CacheHint(null);
        Part[] parts = new Part[4];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = new Part.Text("p" + i, List.of(), i < 2 ? hour : i == 2 ? minutes : hour, null);
        }
        ChatRequest request = asks(Message.of(Role.USER, List.of(parts))).toBuilder()
                .system(List.of(new SystemBlock("s", hour, SystemRole.SYSTEM)))
                .build();
        JsonNode body = Messages.encoded(request, "m");
        assertThat(body.at("/system/0").has("cache_control")).isFalse();
        assertThat(body.at("/messages/0/content").findValues("cache_control"))
                .extracting(control -> control.path("ttl").asText(""))
                .containsExactly("1h", "1h", "", "");
    }

    @Test
    void aSchemaIsAnObjectAtItsRoot() {
        assertThat(ToolSchema.object(null)).isEqualTo(Wire.json("{\"type\":\"object\",\"properties\":{}}"));
        assertThat(ToolSchema.object(
                        Wire.json("{\"anyOf\":[{\"type\":\"object\",\"properties\":{\"a\":{}},\"required\":[\"a\"]},"
                                + "{\"properties\":{\"a\":{\"type\":\"string\"},\"b\":{}}}],\"required\":[\"a\"]}")))
                .isEqualTo(Wire.json("{\"type\":\"object\",\"properties\":{\"a\":{},\"b\":{}}}"));
        JsonNode untouched = Wire.json(
                "{\"type\":\"object\",\"$schema\":\"x\",\"properties\":{\"a\":{\"maximum\":9007199254740991}}}");
        assertThat(ToolSchema.object(untouched)).isSameAs(untouched);
    }

    @Test
    void samplingIsWhatTheModelTakes() {
        var sampling = new Sampling(1.4, 0.5, 7, 1L, 0.5, 0.0, List.of("END", " "), null, null, null, Map.of("1", 2.0));
        ChatRequest request = asks(user("a")).toBuilder().sampling(sampling).build();
        var free = Messages.encode(request, "some-model");
        assertThat(free.dropped()).containsExactly("temperature", "stop", "seed", "presencePenalty", "logitBias");
        assertThat(Wire.json(free.bytes()))
                .isEqualTo(
                        Wire.json(
                                "{\"model\":\"some-model\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],"
                                        + "\"max_tokens\":4096,\"temperature\":1,\"top_p\":0.5,\"top_k\":7,\"stop_sequences\":[\"END\"]}"));
        var newer = Messages.encode(request, "claude-opus-4-7");
        assertThat(newer.dropped()).startsWith("temperature", "topP", "topK");
        assertThat(Wire.json(newer.bytes()).has("temperature")).isFalse();
        assertThat(Messages.encode(request, "claude-sonnet-4-5").dropped()).startsWith("temperature", "topP");
    }

    @Test
    void whatWouldChangeTheAnswerIsRefused() {
        for (ChatRequest request : List.of(
                asks(user("a")).toBuilder()
                        .sampling(new Sampling(null, null, null, null, null, null, List.of(), 2, null, null, Map.of()))
                        .build(),
                asks(Message.of(
                        Role.USER, List.of(new Part.Audio(new MediaSource.Base64("audio/wav", "AA"), "wav", null)))),
                asks(Message.of(
                        Role.USER, List.of(new Part.Image(new MediaSource.Base64("image/tiff", "AA"), null, null)))),
                asks(Message.of(
                        Role.USER, List.of(new Part.Image(new MediaSource.FileId("openai-chat", "f"), null, null)))))) {
            assertThat(catchThrowableOfType(Refusal.class, () -> Messages.encode(request, "m")))
                    .isNotNull();
        }
    }

    @Test
    void maxTokensIsTheModelsDefaultAndNeverAboveItsLimit() {
        ChatRequest silent =
                ChatRequest.builder("m").messages(List.of(user("a"))).build();
        assertThat(Messages.encoded(silent, "m").path("max_tokens").asInt()).isEqualTo(32000);
        assertThat(Messages.encoded(silent, "claude-3-haiku-20240307")
                        .path("max_tokens")
                        .asInt())
                .isEqualTo(4096);
        var limited = new Target("m", false, null, Messages.TARGET.customParams(), 1000L, false);
        var encoded = Messages.SURFACE.encode(asks(user("a")), limited);
        assertThat(encoded.dropped()).containsExactly("maxOutputTokens");
        assertThat(Wire.json(encoded.bytes()).path("max_tokens").asInt()).isEqualTo(1000);
    }

    private static ChatRequest thinks(Effort effort, Message... messages) {
        return asks(messages).toBuilder()
                .reasoning(new ReasoningOptions(
                        ReasoningOptions.Mode.ADAPTIVE, effort, null, ReasoningOptions.Visibility.DEFAULT, null))
                .build();
    }

    @Test
    void aBudgetToThinkGetsRoomAboveTheAnswerElseIsCut() {
        JsonNode body = Messages.encoded(thinks(Effort.HIGH, user("a")), "claude-sonnet-4-5");
        assertThat(body.at("/thinking/budget_tokens").asInt()).isEqualTo(16384);
        assertThat(body.path("max_tokens").asInt()).isEqualTo(4096 + 16384);
        var limited = new Target("claude-sonnet-4-5", false, null, Messages.TARGET.customParams(), 4096L, false);
        JsonNode cut = Wire.json(
                Messages.SURFACE.encode(thinks(Effort.HIGH, user("a")), limited).bytes());
        assertThat(cut.at("/thinking/budget_tokens").asInt()).isLessThan(4096).isGreaterThanOrEqualTo(1024);
        assertThat(cut.path("max_tokens").asInt()).isEqualTo(4096);
    }

    @Test
    void thinkingExcludesForcedCallsAndFreeSampling() {
        ChatRequest request = thinks(Effort.HIGH, user("a")).toBuilder()
                .tools(List.of(new ToolDef.FunctionTool("f", null, null, null, null)))
                .toolChoice(new ToolChoice.Named("f", ToolKind.FUNCTION))
                .sampling(Sampling.NONE.withTemperature(0.2))
                .build();
        var encoded = Messages.encode(request, "claude-opus-4-6");
        assertThat(encoded.dropped()).containsExactly("toolChoice", "temperature");
        assertThat(Wire.json(encoded.bytes()).path("tool_choice")).isEqualTo(Wire.json("{\"type\":\"auto\"}"));
    }

    @Test
    void inALoopWhoseTurnBeganWithoutThinkingNoBudgetIsGiven() {
        ChatRequest request = thinks(
                Effort.HIGH,
                user("a"),
                model(call("c1", "{}")),
                Message.of(Role.USER, List.of(result("c1", new Part.Text("r")))));
        var encoded = Messages.encode(request, "claude-sonnet-4");
        assertThat(encoded.dropped()).containsExactly("reasoning");
        assertThat(Wire.json(encoded.bytes()).has("thinking")).isFalse();
        assertThat(Messages.encode(request, "claude-opus-4-6").dropped()).isEmpty();
    }

    @Test
    void onlySomeToolsAllowedMeansOnlyThoseAreSent() {
        ChatRequest request = asks(user("a")).toBuilder()
                .tools(List.of(
                        new ToolDef.FunctionTool("f", null, null, null, null),
                        new ToolDef.FunctionTool("g", null, null, null, null)))
                .toolChoice(new ToolChoice.Allowed(true, List.of(new ToolChoice.Named("g", ToolKind.FUNCTION))))
                .parallelToolCalls(false)
                .build();
        JsonNode body = Messages.encoded(request, "m");
        assertThat(body.path("tools").findValuesAsText("name")).containsExactly("g");
        assertThat(body.path("tool_choice"))
                .isEqualTo(Wire.json("{\"type\":\"any\",\"disable_parallel_tool_use\":true}"));
    }

    @ParameterizedTest
    @CsvSource({
        "claude-3-opus-20240229, 300",
        "claude-3-5-sonnet-20241022, 305",
        "claude-3-7-sonnet-latest, 307",
        "claude-sonnet-4-20250514, 400",
        "claude-opus-4-1-20250805, 401",
        "claude-haiku-4-5@20251001, 405",
        "us.anthropic.claude-opus-4-8-v1:0, 408",
        "anthropic/claude-sonnet-4.5, 405",
        "claude-sonnet-5, 500",
        "claude-instant-1.2, 102",
        "glm-5.2, -1",
        "claude, -1"
    })
    void aModelsVersionIsReadFromItsName(String name, int version) {
        assertThat(ClaudeModel.of(name).version()).isEqualTo(version);
    }
}
