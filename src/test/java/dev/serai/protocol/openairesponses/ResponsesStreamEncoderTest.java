package dev.serai.protocol.openairesponses;

import static dev.serai.protocol.openairesponses.ResponsesWire.PROTOCOL;
import static dev.serai.protocol.openairesponses.ResponsesWire.REPLY;
import static dev.serai.protocol.openairesponses.ResponsesWire.stream;
import static dev.serai.protocol.openairesponses.ResponsesWire.types;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.message.ChatEvent;
import dev.serai.message.ChatEvent.Cited;
import dev.serai.message.ChatEvent.Finished;
import dev.serai.message.ChatEvent.Logprobs;
import dev.serai.message.ChatEvent.PartComplete;
import dev.serai.message.ChatEvent.Ping;
import dev.serai.message.ChatEvent.ReasoningDelta;
import dev.serai.message.ChatEvent.RefusalDelta;
import dev.serai.message.ChatEvent.Signature;
import dev.serai.message.ChatEvent.Start;
import dev.serai.message.ChatEvent.TextDelta;
import dev.serai.message.ChatEvent.ToolCallArgsDelta;
import dev.serai.message.ChatEvent.ToolCallEnd;
import dev.serai.message.ChatEvent.ToolCallStart;
import dev.serai.message.ChatEvent.UsageReport;
import dev.serai.message.Citation;
import dev.serai.message.Finish;
import dev.serai.message.Finish.Reason;
import dev.serai.message.Logprob;
import dev.serai.message.MediaSource;
import dev.serai.message.Part;
import dev.serai.message.ProviderSignature;
import dev.serai.message.ReasoningForm;
import dev.serai.message.ResponseAssembly;
import dev.serai.message.SignatureKind;
import dev.serai.message.ToolKind;
import dev.serai.message.Usage;
import dev.serai.protocol.openaichat.Schemas;
import dev.serai.protocol.openaichat.Wire;
import dev.serai.stream.ByteSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ResponsesStreamEncoderTest {

    private static final ChatEvent STOP = new Finished(Finish.of(Reason.STOP));

    private static ChatEvent text(int index, String text) {
        return new TextDelta(index, text);
    }

    private static ChatEvent thought(int index, String text) {
        return new ReasoningDelta(index, text, ReasoningForm.FULL);
    }

    private static ChatEvent call(int index) {
        return new ToolCallStart(index, "call_" + index, "f", ToolKind.FUNCTION);
    }

    private static ChatEvent arguments(int index, String fragment) {
        return new ToolCallArgsDelta(index, fragment);
    }

    private static JsonNode checked(ChatEvent... events) {
        List<JsonNode> written = stream(REPLY, events);
        assertThat(written)
                .allSatisfy(event -> assertThat(Schemas.openAiResponses("ResponseStreamEvent", event))
                        .isEmpty());
        return ResponsesStateMachine.check(written);
    }

    private static List<String> itemTypes(JsonNode response) {
        var types = new ArrayList<String>();
        response.path("output").forEach(item -> types.add(item.path("type").asText()));
        return types;
    }

    static Stream<Object[]> shapes() {
        ChatEvent[] tool = {call(9), arguments(9, "{}"), new ToolCallEnd(9)};
        return Stream.of(
                new Object[] {List.of(text(0, "a")), List.of("message")},
                new Object[] {List.of(text(0, "a"), tool[0], tool[1], tool[2]), List.of("message", "function_call")},
                new Object[] {List.of(tool), List.of("function_call")},
                new Object[] {List.of(thought(0, "r"), text(1, "a")), List.of("reasoning", "message")},
                new Object[] {
                    List.of(thought(0, "r"), text(1, "a"), tool[0], tool[1], tool[2]),
                    List.of("reasoning", "message", "function_call")
                },
                new Object[] {List.of(text(0, "a"), thought(1, "r")), List.of("message", "reasoning")},
                new Object[] {
                    List.of(text(0, "a"), call(1), new ToolCallEnd(1), text(2, "b")),
                    List.of("message", "function_call", "message")
                },
                new Object[] {
                    List.of(text(0, "a"), thought(1, "r"), text(2, "b")), List.of("message", "reasoning", "message")
                },
                new Object[] {
                    List.of(thought(0, "r"), text(1, "a"), call(2), new ToolCallEnd(2), thought(3, "r")),
                    List.of("reasoning", "message", "function_call", "reasoning")
                },
                new Object[] {List.of(thought(0, "only")), List.of("reasoning")},
                new Object[] {List.of(thought(0, "a"), thought(1, "b")), List.of("reasoning", "reasoning")},
                new Object[] {List.of(text(0, "a"), text(1, "b"), new RefusalDelta(2, "no")), List.of("message")});
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void everyMixtureHasItsItems(List<ChatEvent> parts, List<String> items) {
        var events = new ArrayList<>(parts);
        events.add(STOP);
        JsonNode response = checked(events.toArray(new ChatEvent[0]));
        assertThat(itemTypes(response)).isEqualTo(items);
        assertThat(response.has("output_text")).isFalse();
    }

    @Test
    void textsThatStandTogetherAreContentPartsOfOneMessage() {
        JsonNode response = checked(text(0, "a"), text(1, "b"), new RefusalDelta(2, "no"), STOP);
        assertThat(response.at("/output/0/content"))
                .extracting(part -> part.path("type").asText())
                .containsExactly("output_text", "output_text", "refusal");
    }

    @Test
    void silentPartsOpenNothing() {
        JsonNode response = checked(text(0, ""), thought(1, ""), new RefusalDelta(2, ""), text(3, "a"), STOP);
        assertThat(itemTypes(response)).containsExactly("message");
    }

    @Test
    void interleavedCallsAreNestedInTheOrderOfTheirParts() {
        JsonNode response = checked(
                call(0),
                call(1),
                arguments(1, "{\"b\""),
                arguments(0, "{\"a\""),
                call(2),
                arguments(0, ":1}"),
                arguments(1, ":2}"),
                new ToolCallEnd(0),
                text(3, "x"),
                new ToolCallEnd(1),
                new ToolCallEnd(2),
                STOP);
        assertThat(response.path("output"))
                .extracting(item -> item.path("arguments").asText(""))
                .containsExactly("{\"a\":1}", "{\"b\":2}", "{}", "");
    }

    @Test
    void callsThatNobodyEndsEndWithTheAnswer() {
        JsonNode response = checked(call(0), arguments(0, "{}"), call(1), arguments(1, "[]"), STOP);
        assertThat(itemTypes(response)).containsExactly("function_call", "function_call");
    }

    @Test
    void cutCallIsIncompleteAndKeepsWhatItHas() {
        JsonNode response = checked(
                call(0),
                arguments(0, "{}"),
                call(1),
                new ToolCallEnd(0),
                new ToolCallEnd(1),
                new Finished(Finish.of(Reason.LENGTH)));
        assertThat(response.path("status").asText()).isEqualTo("incomplete");
        assertThat(response.at("/output/0/status").asText()).isEqualTo("completed");
        assertThat(response.at("/output/1/status").asText()).isEqualTo("incomplete");
        assertThat(response.at("/output/1/arguments").asText("?")).isEmpty();
    }

    @Test
    void customCallsHaveEventsOfTheirOwn() {
        var events = stream(
                REPLY,
                new ToolCallStart(0, "call_0", "patch", ToolKind.CUSTOM),
                arguments(0, "*** a"),
                new ToolCallEnd(0),
                STOP);
        JsonNode response = ResponsesStateMachine.check(events);
        assertThat(types(events))
                .contains("response.custom_tool_call_input.delta", "response.custom_tool_call_input.done");
        assertThat(response.at("/output/0/input").asText()).isEqualTo("*** a");
        assertThat(response.at("/output/0/id").asText()).startsWith("ctc_");
        assertThat(checked(new ToolCallStart(0, "c", "patch", ToolKind.CUSTOM), new ToolCallEnd(0), STOP)
                        .at("/output/0/input")
                        .asText("?"))
                .isEmpty();
    }

    @Test
    void namespacedCallsComeBackWithTheirNamespace() {
        var reply = ResponsesWire.reply(
                ResponsesWire.body("\"input\":\"x\",\"tools\":[{\"type\":\"namespace\",\"name\":\"ns\","
                                + "\"description\":\"d\",\"tools\":[{\"type\":\"function\",\"name\":\"f\"}]}]")
                        .getBytes(UTF_8));
        var start = new ToolCallStart(0, "call_0", "ns__f", ToolKind.FUNCTION);
        var events = stream(reply, start, new ToolCallEnd(0), STOP);
        JsonNode item = ResponsesStateMachine.check(events).at("/output/0");
        assertThat(item.path("name").asText()).isEqualTo("f");
        assertThat(item.path("namespace").asText()).isEqualTo("ns");
        var assembly = new ResponseAssembly();
        List.of(new Start("s", "m", 1), start, new ToolCallEnd(0), STOP).forEach(assembly::accept);
        JsonNode whole = Wire.json(PROTOCOL.encode(assembly.response(), reply));
        assertThat(whole.at("/output/0/namespace").asText()).isEqualTo("ns");
        assertThat(whole.at("/output/0/name").asText()).isEqualTo("f");
    }

    @Test
    void sealOfATextOrACallComesBehindIt() {
        var seal = ProviderSignature.of("gemini", SignatureKind.THOUGHT_SIGNATURE, "ts");
        ChatEvent[] events = {
            new Start("s", "m", 1_764_000_000L),
            text(0, "a"),
            new Signature(0, seal),
            call(1),
            new Signature(1, seal),
            arguments(1, "{}"),
            new ToolCallEnd(1),
            call(2),
            arguments(2, "{}"),
            new ToolCallEnd(2),
            new Finished(Finish.of(Reason.TOOL_CALLS))
        };
        JsonNode response = checked(events);
        assertThat(itemTypes(response))
                .containsExactly("message", "reasoning", "function_call", "reasoning", "function_call");
        assertThat(response.at("/output/1/encrypted_content").asText()).isEqualTo(seal.packed());
        var assembly = new ResponseAssembly();
        List.of(events).forEach(assembly::accept);
        JsonNode whole = Wire.json(PROTOCOL.encode(assembly.response(), REPLY));
        assertThat(whole.path("output")).isEqualTo(response.path("output"));
        var parts = ResponsesWire.decode("{\"model\":\"m\",\"input\":" + historyOf(response) + "}")
                .messages()
                .getFirst()
                .parts();
        assertThat(((Part.Text) parts.get(0)).signature()).isEqualTo(seal);
        assertThat(((Part.ToolCall) parts.get(1)).signature()).isEqualTo(seal);
        assertThat(((Part.ToolCall) parts.get(2)).signature()).isNull();
    }

    /** The output as a caller sends it back, with outputs of its calls. */
    private static String historyOf(JsonNode response) {
        var items = new ArrayList<String>();
        response.path("output").forEach(item -> items.add(item.toString()));
        for (JsonNode item : response.path("output")) {
            if (item.has("call_id")) {
                items.add(
                        "{\"type\":\"function_call_output\",\"call_id\":" + item.path("call_id") + ",\"output\":\"\"}");
            }
        }
        return "[" + String.join(",", items) + "]";
    }

    @Test
    void sealWithoutTextIsReasoningThatShowsNothing() {
        var seal = ProviderSignature.of("anthropic", SignatureKind.REDACTED_DATA, "xx");
        JsonNode response = checked(new Signature(0, seal), text(1, "a"), STOP);
        assertThat(response.at("/output/0/summary")).isEmpty();
        assertThat(response.at("/output/0/encrypted_content").asText()).isEqualTo(seal.packed());
        var own = ProviderSignature.of("openai-responses", SignatureKind.ENCRYPTED_CONTENT, "gAAA");
        assertThat(checked(thought(0, "r"), new Signature(0, own), text(1, "a"), STOP)
                        .at("/output/0/encrypted_content")
                        .asText())
                .isEqualTo("gAAA");
    }

    @Test
    void citationsAndLogprobsGoIntoTheirText() {
        var citation = new Citation("https://a.example", "A", null, 0, 1, null, null);
        var logprob = new Logprob("é", -0.5, null, Wire.json("[{\"token\":\"e\",\"logprob\":-1.5}]"));
        JsonNode response = checked(text(0, "é"), new Logprobs(0, List.of(logprob)), new Cited(0, citation), STOP);
        assertThat(response.at("/output/0/content/0/annotations/0"))
                .isEqualTo(Wire.json("{\"type\":\"url_citation\",\"start_index\":0,\"end_index\":1,"
                        + "\"url\":\"https://a.example\",\"title\":\"A\"}"));
        assertThat(response.at("/output/0/content/0/logprobs/0"))
                .isEqualTo(Wire.json("{\"token\":\"é\",\"logprob\":-0.5,\"bytes\":[195,169],"
                        + "\"top_logprobs\":[{\"token\":\"e\",\"logprob\":-1.5,\"bytes\":[101]}]}"));
    }

    @Test
    void imagesAndOwnItemsAreItems() {
        var image = new Part.Image(new MediaSource.Base64("image/png", "AAAA"), null, null);
        var linked = new Part.Image(new MediaSource.Url("https://a.example/i.png", null), null, null);
        var search = Wire.json("{\"type\":\"web_search_call\",\"id\":\"ws_1\",\"status\":\"completed\","
                + "\"action\":{\"type\":\"search\",\"query\":\"q\"}}");
        JsonNode response = checked(
                new PartComplete(0, image),
                new PartComplete(1, new Part.Opaque("openai-responses", search)),
                new PartComplete(2, new Part.Opaque("anthropic-messages", search)),
                new PartComplete(3, linked),
                STOP);
        assertThat(itemTypes(response)).containsExactly("image_generation_call", "web_search_call", "message");
        assertThat(response.at("/output/0/result").asText()).isEqualTo("AAAA");
        assertThat(response.at("/output/2/content/0/text").asText()).contains("https://a.example/i.png");
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ERROR"})
    void everyFinishHasItsStatus(Reason reason) {
        JsonNode response = checked(text(0, "a"), new Finished(Finish.of(reason)));
        String incomplete = switch (reason) {
            case LENGTH, CONTEXT_WINDOW -> "max_output_tokens";
            case CONTENT_FILTER -> "content_filter";
            default -> "";
        };
        assertThat(response.at("/incomplete_details/reason").asText("")).isEqualTo(incomplete);
        assertThat(response.path("status").asText()).isEqualTo(incomplete.isEmpty() ? "completed" : "incomplete");
        assertThat(response.path("completed_at").isNull()).isEqualTo(!incomplete.isEmpty());
    }

    @Test
    void usageMayComeBehindTheFinish() {
        var usage = new UsageReport(new Usage(3, 1, 0, 2, 1, false));
        assertThat(checked(text(0, "a"), STOP, usage).at("/usage/total_tokens").asInt())
                .isEqualTo(5);
        assertThat(checked(text(0, "a"), STOP).has("usage")).isFalse();
    }

    @Test
    void nothingFollowsTheTerminalEvent() {
        assertThat(types(stream(REPLY, text(0, "a"), STOP, text(0, "late"), STOP)))
                .endsWith("response.completed")
                .filteredOn("response.output_text.delta"::equals)
                .hasSize(1);
        var out = new ByteSink(64);
        var encoder = PROTOCOL.streamEncoder(REPLY);
        encoder.encode(STOP, out);
        encoder.end(out);
        int size = out.size();
        encoder.encode(text(0, "late"), out);
        encoder.end(out);
        assertThat(out.size()).isEqualTo(size);
    }

    @Test
    void startMayBeMissingOrRepeated() {
        JsonNode response = checked(text(0, "a"), new Start("other", "m", 5), STOP);
        assertThat(response.path("id").asText()).isEqualTo("resp_req_demo");
        assertThat(response.path("created_at").asLong()).isEqualTo(1_764_000_002L);
    }

    @Test
    void signOfLifeIsAComment() {
        assertThat(Wire.encode(PROTOCOL.streamEncoder(REPLY), List.of(new Ping())))
                .startsWith(":")
                .doesNotContain("data:");
    }

    @Test
    void whatTheRequestSaysIsRepeatedAndTheRestHasTheApisDefaults() {
        String request = ResponsesWire.body("\"input\":\"x\",\"temperature\":0.25,\"text\":{\"verbosity\":\"low\"},"
                + "\"reasoning\":{\"effort\":\"low\"},\"tools\":[{\"type\":\"function\",\"name\":\"f\"}],\"user\":\"u\","
                + "\"metadata\":{\"a\":\"b\"},\"instructions\":null");
        JsonNode response =
                ResponsesStateMachine.check(stream(ResponsesWire.reply(request.getBytes(UTF_8)), text(0, "a"), STOP));
        assertThat(response.path("temperature").asDouble()).isEqualTo(0.25);
        assertThat(response.path("top_p").asDouble()).isEqualTo(1.0);
        assertThat(response.path("text"))
                .isEqualTo(Wire.json("{\"format\":{\"type\":\"text\"},\"verbosity\":\"low\"}"));
        assertThat(response.path("reasoning")).isEqualTo(Wire.json("{\"effort\":\"low\",\"summary\":null}"));
        assertThat(response.at("/tools/0"))
                .isEqualTo(Wire.json("{\"type\":\"function\",\"name\":\"f\",\"strict\":false,\"parameters\":null}"));
        assertThat(response.path("user").asText()).isEqualTo("u");
        assertThat(response.path("instructions").isNull()).isTrue();
        assertThat(response.path("metadata")).isEqualTo(Wire.json("{\"a\":\"b\"}"));
        assertThat(Schemas.openAiResponses("Response", response)).isEmpty();
    }

    @Test
    void anyOrderOfEventsKeepsTheRules() {
        var random = new Random(20261128);
        for (int round = 0; round < 300; round++) {
            var events = randomEvents(random);
            ResponsesStateMachine.check(stream(REPLY, events.toArray(new ChatEvent[0])));
        }
    }

    private static List<ChatEvent> randomEvents(Random random) {
        var events = new ArrayList<ChatEvent>();
        var calls = new ArrayList<Integer>();
        int next = 0;
        for (int i = random.nextInt(40); i >= 0; i--) {
            int index = Math.max(0, next - random.nextInt(3));
            switch (random.nextInt(8)) {
                case 0 -> events.add(text(next++, "t"));
                case 1 -> events.add(thought(next++, "r"));
                case 2 -> {
                    calls.add(next);
                    events.add(call(next++));
                }
                case 3 -> events.add(new RefusalDelta(index, "n"));
                case 4 -> events.add(text(index, "u"));
                case 5 ->
                    events.add(
                            new Signature(index, ProviderSignature.of("gemini", SignatureKind.THOUGHT_SIGNATURE, "s")));
                default -> {
                    if (!calls.isEmpty()) {
                        int open = calls.get(random.nextInt(calls.size()));
                        boolean end = random.nextInt(3) == 0;
                        events.add(end ? new ToolCallEnd(open) : arguments(open, "a"));
                    }
                }
            }
        }
        boolean fails = random.nextInt(4) == 0;
        events.add(new Finished(Finish.of(fails ? Reason.LENGTH : Reason.STOP)));
        return events;
    }
}
