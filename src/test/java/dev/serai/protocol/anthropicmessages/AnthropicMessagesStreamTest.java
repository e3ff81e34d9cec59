package dev.serai.protocol.anthropicmessages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.message.ChatEvent;
import dev.serai.message.ChatEvent.Failed;
import dev.serai.message.ChatEvent.Finished;
import dev.serai.message.ChatEvent.PartComplete;
import dev.serai.message.ChatEvent.Ping;
import dev.serai.message.ChatEvent.ReasoningDelta;
import dev.serai.message.ChatEvent.Signature;
import dev.serai.message.ChatEvent.Start;
import dev.serai.message.ChatEvent.TextDelta;
import dev.serai.message.ChatEvent.ToolCallArgsDelta;
import dev.serai.message.ChatEvent.ToolCallEnd;
import dev.serai.message.ChatEvent.ToolCallStart;
import dev.serai.message.ChatEvent.UsageReport;
import dev.serai.message.ChatResponse;
import dev.serai.message.FailureClass;
import dev.serai.message.Finish;
import dev.serai.message.MediaSource;
import dev.serai.message.Part;
import dev.serai.message.ProviderSignature;
import dev.serai.message.ReasoningForm;
import dev.serai.message.ResponseAssembly;
import dev.serai.message.ResponseEvents;
import dev.serai.message.SignatureKind;
import dev.serai.message.ToolKind;
import dev.serai.message.Usage;
import dev.serai.protocol.openaichat.Wire;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnthropicMessagesStreamTest {

    private static final Start START = new Start("1", "m", 0);
    private static final Finished STOP = new Finished(Finish.of(Finish.Reason.STOP));
    private static final Usage USAGE = new Usage(5, 0, 0, 7, 0, false);

    private static String encode(ChatEvent... events) {
        return Wire.encode(Messages.PROTOCOL.streamEncoder(Messages.REPLY), List.of(events));
    }

    private static List<JsonNode> data(String wire) {
        return Wire.data(wire).stream().map(Wire::json).toList();
    }

    /** The blocks as a client puts them together; checks on the way that they do not overlap and have no gaps. */
    private static List<String> blocks(String wire) {
        var blocks = new ArrayList<String>();
        boolean open = false;
        for (JsonNode event : data(wire)) {
            assertThat(Messages.faults("StreamEventAny", event))
                    .as(event.toString())
                    .isEmpty();
            switch (event.path("type").asText()) {
                case "content_block_start" -> {
                    assertThat(open).isFalse();
                    assertThat(event.path("index").asInt()).isEqualTo(blocks.size());
                    open = true;
                    JsonNode block = event.path("content_block");
                    blocks.add(block.path("type").asText() + ":"
                            + block.path("data").asText("") + block.path("id").asText(""));
                }
                case "content_block_delta" -> {
                    assertThat(open).isTrue();
                    assertThat(event.path("index").asInt()).isEqualTo(blocks.size() - 1);
                    JsonNode delta = event.path("delta");
                    String said = delta.path("text").asText("")
                            + delta.path("thinking").asText("")
                            + delta.path("partial_json").asText("")
                            + delta.path("signature").asText("");
                    blocks.set(blocks.size() - 1, blocks.getLast() + "|" + said);
                }
                case "content_block_stop" -> {
                    assertThat(open).isTrue();
                    assertThat(event.path("index").asInt()).isEqualTo(blocks.size() - 1);
                    open = false;
                }
                default -> {}
            }
        }
        assertThat(open).isFalse();
        return blocks;
    }

    private static ToolCallStart start(int index, String id) {
        return new ToolCallStart(index, id, "f", ToolKind.FUNCTION);
    }

    @Test
    void interleavedCallsComeOneBehindTheOther() {
        String wire = encode(
                START,
                new TextDelta(0, "a"),
                start(1, "c1"),
                start(2, "c2"),
                new ToolCallArgsDelta(2, "{\"y\":"),
                new ToolCallArgsDelta(1, "{\"x\":"),
                new TextDelta(3, "late"),
                new ToolCallArgsDelta(1, "1}"),
                new ToolCallArgsDelta(2, "2}"),
                new ToolCallEnd(1),
                new ToolCallEnd(2),
                new UsageReport(USAGE),
                new Finished(Finish.of(Finish.Reason.TOOL_CALLS)));
        assertThat(blocks(wire))
                .containsExactly("text:|a", "tool_use:c1|{\"x\":|1}", "tool_use:c2|{\"y\":|2}", "text:|late");
        assertThat(wire).contains("\"stop_reason\":\"tool_use\"").endsWith("data: {\"type\":\"message_stop\"}\n\n");
    }

    @Test
    void callsThatNobodyEndsAreEndedWithTheAnswer() {
        assertThat(blocks(encode(START, start(0, "c1"), start(1, "c2"), new ToolCallArgsDelta(1, "{}"), STOP)))
                .containsExactly("tool_use:c1", "tool_use:c2|{}");
    }

    @Test
    void aCallWithoutAnIdGetsTheSameOneEveryTime() {
        String once = encode(START, start(0, ""), new ToolCallEnd(0), STOP);
        assertThat(blocks(once).getFirst()).matches("tool_use:toolu_[0-9a-f]{24}");
        assertThat(encode(START, start(0, ""), new ToolCallEnd(0), STOP)).isEqualTo(once);
    }

    @Test
    void usageBehindTheFinishStillCounts() {
        String wire = encode(START, new TextDelta(0, "a"), STOP, new UsageReport(USAGE));
        JsonNode delta = data(wire).get(data(wire).size() - 2);
        assertThat(delta.at("/usage/output_tokens").asInt()).isEqualTo(7);
        assertThat(delta.at("/usage/input_tokens").asInt()).isEqualTo(5);
    }

    @Test
    void nothingFollowsTheEndAndNothingIsSaidTwice() {
        String wire = encode(START, START, new TextDelta(0, "a"), STOP, STOP, new TextDelta(1, "b"), new Ping());
        assertThat(wire)
                .containsOnlyOnce("message_start\"")
                .containsOnlyOnce("message_stop\"")
                .doesNotContain("\"b\"");
    }

    @Test
    void pingsPassOnceTheAnswerHasBegun() {
        assertThat(encode(new Ping(), START, new Ping(), new TextDelta(0, "a"), STOP))
                .containsOnlyOnce("event: ping\ndata: {\"type\":\"ping\"}\n\n")
                .startsWith("event: message_start");
    }

    @Test
    void sealsOfOthersArePackedAndThoseOfCallsTravelBehindThem() {
        var own = ProviderSignature.of("anthropic", SignatureKind.SIGNATURE, "own");
        var gemini = ProviderSignature.of("gemini", SignatureKind.THOUGHT_SIGNATURE, "g");
        var encrypted = ProviderSignature.of("openai-responses", SignatureKind.ENCRYPTED_CONTENT, "e");
        String wire = encode(
                START,
                new Signature(0, encrypted),
                new Signature(1, own),
                new ReasoningDelta(2, "t", ReasoningForm.SUMMARY),
                new Signature(2, gemini),
                new ReasoningDelta(2, "u", ReasoningForm.SUMMARY),
                start(3, "c1"),
                new Signature(3, gemini),
                new ToolCallEnd(3),
                new TextDelta(4, "x"),
                new Signature(4, gemini),
                STOP);
        assertThat(blocks(wire))
                .containsExactly(
                        "redacted_thinking:" + encrypted.packed(),
                        "thinking:|own",
                        "thinking:|t|u|" + gemini.packed(),
                        "tool_use:c1",
                        "redacted_thinking:" + gemini.packed(),
                        "text:|x",
                        "redacted_thinking:" + gemini.packed());
    }

    @Test
    void aWholeAnswerAndItsStreamSayTheSame() {
        var gemini = ProviderSignature.of("gemini", SignatureKind.THOUGHT_SIGNATURE, "g");
        var response = ChatResponse.of(
                "1",
                "m",
                0,
                List.of(
                        new Part.Reasoning("t", ReasoningForm.FULL, null),
                        new Part.Text("a"),
                        new Part.Image(new MediaSource.Url("https://x/y.png", null), null, null),
                        new Part.ToolCall("c1", "f", ToolKind.FUNCTION, "{\"x\":1}", gemini),
                        new Part.Opaque("openai-responses", Wire.json("{}"))),
                Finish.of(Finish.Reason.TOOL_CALLS),
                USAGE);
        JsonNode whole = Wire.json(Messages.PROTOCOL.encode(response, Messages.REPLY));
        assertThat(Messages.faults("Message", whole)).isEmpty();
        assertThat(whole.path("content").findValuesAsText("type"))
                .containsExactly("thinking", "text", "text", "tool_use", "direct", "redacted_thinking");
        String wire = encode(ResponseEvents.of(response).toArray(ChatEvent[]::new));
        assertThat(blocks(wire))
                .containsExactly(
                        "thinking:|t",
                        "text:|a",
                        "text:|![image](https://x/y.png)",
                        "tool_use:c1|{\"x\":1}",
                        "redacted_thinking:" + gemini.packed());
    }

    @Test
    void argumentsThatAreNoObjectAreNoneInAWholeAnswer() {
        for (String broken : List.of("{\"x\":", "[1]", "\"s\"", "")) {
            var call = new Part.ToolCall("c1", "f", ToolKind.FUNCTION, broken, null);
            var response = ChatResponse.of("1", "m", 0, List.of(call), Finish.of(Finish.Reason.LENGTH), null);
            JsonNode body = Wire.json(Messages.PROTOCOL.encode(response, Messages.REPLY));
            assertThat(body.at("/content/0/input")).isEqualTo(Wire.json("{}"));
            assertThat(body.path("stop_reason").asText()).isEqualTo("max_tokens");
        }
    }

    // -- decoding

    private static List<ChatEvent> decode(String stream) {
        return Wire.decode(Messages.SURFACE.streamDecoder(Messages.TARGET), stream);
    }

    private static String fixture(String name) {
        return new String(Wire.bytes("anthropic-messages/native/" + name), UTF_8);
    }

    @Test
    void anUpstreamsOwnStreamIsReadWithPingsAndRedactions() {
        List<ChatEvent> events = decode(fixture("anthropic.stream.txt"));
        assertThat(events).contains(new Ping());
        var assembly = new ResponseAssembly();
        events.forEach(assembly::accept);
        ChatResponse response = assembly.response();
        assertThat(response.parts())
                .containsExactly(
                        new Part.Reasoning(
                                "Short thought.",
                                ReasoningForm.FULL,
                                ProviderSignature.of("anthropic", SignatureKind.SIGNATURE, "EpQBnative")),
                        new Part.Reasoning(
                                "",
                                ReasoningForm.REDACTED,
                                ProviderSignature.of("anthropic", SignatureKind.REDACTED_DATA, "EvAFredacted")),
                        new Part.Text("Hi there."),
                        new Part.ToolCall("toolu_01N", "get_weather", ToolKind.FUNCTION, "{\"city\": \"Oslo\"}", null));
        assertThat(response.usage()).isEqualTo(new Usage(1049, 1024, 0, 47, 12, false));
        assertThat(response.finish().reason()).isEqualTo(Finish.Reason.TOOL_CALLS);
    }

    @Test
    void aCompatibleServersCallWithoutArgumentsIsACall() {
        var assembly = new ResponseAssembly();
        decode(fixture("anthropic-compatible-empty-args.stream.txt")).forEach(assembly::accept);
        assertThat(assembly.response().parts())
                .containsExactly(new Part.ToolCall("call_x", "get_time", ToolKind.FUNCTION, "{}", null));
        assertThat(assembly.response().usage()).isEqualTo(new Usage(566, 256, 0, 12, 0, false));
    }

    @Test
    void hostedToolsComeWholeAndGoBackWhole() {
        String stream = event("message_start", ",\"message\":{\"id\":\"msg_1\",\"model\":\"m\"}")
                + event(
                        "content_block_start",
                        ",\"index\":0,\"content_block\":{\"type\":\"server_tool_use\",\"id\":\"s1\",\"name\":\"web_search\",\"input\":{}}")
                + event(
                        "content_block_delta",
                        ",\"index\":0,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"query\\\":1}\"}")
                + event("content_block_stop", ",\"index\":0")
                + event("message_delta", ",\"delta\":{\"stop_reason\":\"pause_turn\"}")
                + event("message_stop", "");
        List<ChatEvent> events = decode(stream);
        JsonNode raw = Wire.json(
                "{\"type\":\"server_tool_use\",\"id\":\"s1\",\"name\":\"web_search\",\"input\":{\"query\":1}}");
        assertThat(events).contains(new PartComplete(0, new Part.Opaque("anthropic-messages", raw)));
        assertThat(data(encode(events.toArray(ChatEvent[]::new))))
                .anySatisfy(data -> assertThat(data.path("content_block")).isEqualTo(raw));
    }

    private static String event(String type, String more) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"" + more + "}\n\n";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"boom\"}}\n\n",
                "data: {\"error\":\"boom\"}\n\n",
                "data: not json\n\n",
                "data: [1]\n\n"
            })
    void aBrokenStreamFailsOnBothLanes(String broken) {
        String begun = event("message_start", ",\"message\":{\"id\":\"msg_1\",\"model\":\"m\"}")
                + event("content_block_delta", ",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"a\"}");
        assertThat(decode(begun + broken).getLast()).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.failure().type()).isEqualTo(FailureClass.STREAM_BROKEN);
            assertThat(failed.failure().message()).doesNotContain("boom");
        });
        var tapped = Wire.tap(Messages.SURFACE.passthroughStream(Messages.REPLY, Messages.TARGET), begun + broken);
        assertThat(tapped.failure()).isNotNull();
        assertThat(tapped.out()).doesNotContain("boom", "not json");
    }

    @Test
    void onlyTheLastEventMakesTheAnswerWhole() {
        String whole = fixture("anthropic.stream.txt");
        List<String> events = Wire.events(whole);
        for (int cut = 0; cut < events.size(); cut++) {
            String begun = String.join("", events.subList(0, cut));
            assertThat(decode(begun).getLast()).isInstanceOf(Failed.class);
            var tap = Messages.SURFACE.passthroughStream(Messages.REPLY, Messages.TARGET);
            Wire.tap(tap, begun);
            assertThat(tap.complete()).isFalse();
            assertThat(tap.end(new dev.serai.stream.ByteSink(16))).isNotNull();
        }
    }
}
