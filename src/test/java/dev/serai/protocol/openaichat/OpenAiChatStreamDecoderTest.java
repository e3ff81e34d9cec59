package dev.serai.protocol.openaichat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.serai.message.ChatEvent;
import dev.serai.message.ChatEvent.Failed;
import dev.serai.message.ChatEvent.Finished;
import dev.serai.message.ChatEvent.ToolCallArgsDelta;
import dev.serai.message.ChatEvent.ToolCallEnd;
import dev.serai.message.ChatEvent.ToolCallStart;
import dev.serai.message.ChatEvent.UsageReport;
import dev.serai.message.ChatResponse;
import dev.serai.message.FailureClass;
import dev.serai.message.Finish;
import dev.serai.message.Finish.Reason;
import dev.serai.message.Part;
import dev.serai.message.ReasoningForm;
import dev.serai.message.Refusal;
import dev.serai.message.ResponseAssembly;
import dev.serai.message.ToolKind;
import dev.serai.message.Usage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What compatible servers do that OpenAI does not. */
class OpenAiChatStreamDecoderTest {

    private static final OpenAiChatSurface SURFACE = new OpenAiChatSurface();

    @Test
    void obfuscationAndExtraMembersAreIgnored() {
        ChatResponse response = response(stream("openai-chat.stream.txt"));
        assertThat(response.id()).isEqualTo("n1");
        assertThat(response.parts()).containsExactly(new Part.Text("Hello"));
        assertThat(response.usage()).isEqualTo(new Usage(9, 0, 0, 2, 0, false));
    }

    @Test
    void interleavedFragmentsGoToTheirCalls() {
        ChatResponse response = response(stream("openai-compatible-interleaved-tools.stream.txt"));
        assertThat(response.parts())
                .containsExactly(
                        new Part.ToolCall("call_a", "get_weather", ToolKind.FUNCTION, "{\"city\":\"Oslo\"}", null),
                        new Part.ToolCall("call_b", "get_time", ToolKind.FUNCTION, "{}", null));
        assertThat(response.finish().reason()).isEqualTo(Reason.TOOL_CALLS);
    }

    @Test
    void usageInTheFinishChunkAndRepeatedRolesAreFine() {
        List<ChatEvent> events = events(
                delta("{\"role\":\"assistant\",\"reasoning_content\":\"hm\"}", "\"\""),
                delta("{\"role\":\"assistant\",\"content\":\"a\"}", "null"),
                "{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":\"stop\"}],"
                        + "\"usage\":{\"prompt_tokens\":4,\"completion_tokens\":2}}");
        assertThat(events.getLast()).isEqualTo(new Finished(Finish.of(Reason.STOP, "stop")));
        assertThat(events.get(events.size() - 2)).isEqualTo(new UsageReport(new Usage(4, 0, 0, 2, 0, false)));
        assertThat(assembled(events).parts())
                .containsExactly(new Part.Reasoning("hm", ReasoningForm.FULL, null), new Part.Text("a"));
    }

    @Test
    void callsThatStoppedAreToolCalls() {
        var events = events(delta(
                "{\"tool_calls\":[{\"id\":\"c\",\"function\":{\"name\":\"f\",\"arguments\":{\"a\":1}}}]}", "\"stop\""));
        assertThat(assembled(events).finish().reason()).isEqualTo(Reason.TOOL_CALLS);
        assertThat(assembled(events).parts())
                .containsExactly(new Part.ToolCall("c", "f", ToolKind.FUNCTION, "{\"a\":1}", null));
        assertThat(assembled(events(delta("{\"content\":\"a\"}", "\"tool_calls\"")))
                        .finish()
                        .reason())
                .isEqualTo(Reason.STOP);
    }

    @Test
    void callsWithoutIndexAndWithEmptyRepeatsAreToldApart() {
        var events = events(
                delta("{\"tool_calls\":[{\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}]}", "null"),
                delta("{\"tool_calls\":[{\"id\":\"\",\"function\":{\"name\":\"\",\"arguments\":\"}\"}}]}", "null"),
                delta("{\"tool_calls\":[{\"id\":\"b\",\"function\":{\"name\":\"g\"}}]}", "null"),
                delta("{\"tool_calls\":[{\"id\":null,\"function\":{\"name\":null,\"arguments\":\"[]\"}}]}", "null"),
                delta("null", "\"tool_calls\""));
        assertThat(events)
                .contains(
                        new ToolCallStart(0, "a", "f", ToolKind.FUNCTION),
                        new ToolCallArgsDelta(0, "{"),
                        new ToolCallArgsDelta(0, "}"),
                        new ToolCallStart(1, "b", "g", ToolKind.FUNCTION),
                        new ToolCallArgsDelta(1, "[]"),
                        new ToolCallEnd(0),
                        new ToolCallEnd(1));
    }

    @Test
    void twoCallsUnderOneIndexAreTwoCalls() {
        var events = events(delta(
                "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}},"
                        + "{\"index\":0,\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}]}",
                "\"stop\""));
        assertThat(assembled(events).parts()).hasSize(2);
    }

    @Test
    void nameThatComesLateHoldsTheCallBack() {
        var events = events(
                delta("{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"arguments\":\"{\"}}]}", "null"),
                delta(
                        "{\"tool_calls\":[{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\"}\"}}]}",
                        "\"stop\""));
        assertThat(events.get(1)).isEqualTo(new ToolCallStart(0, "a", "f", ToolKind.FUNCTION));
        assertThat(((Part.ToolCall) assembled(events).parts().getFirst()).arguments())
                .isEqualTo("{}");
    }

    @Test
    void callWithoutIdGetsOneAndSilentArgumentsBecomeAnObject() {
        var events = events(delta("{\"tool_calls\":[{\"function\":{\"name\":\"f\"}}]}", "\"stop\""));
        var call = (Part.ToolCall) assembled(events).parts().getFirst();
        assertThat(call.id()).isNotEmpty();
        assertThat(call.arguments()).isEqualTo("{}");
        String wire = Wire.encode(Wire.PROTOCOL.streamEncoder(Wire.REPLY), events);
        assertThat(wire).contains("\"arguments\":\"{}\"");
    }

    @Test
    void contentPartsAndChoicesBesideTheFirstAreHandled() {
        var events = events(
                "{\"choices\":[],\"prompt_filter_results\":[]}",
                "{\"id\":\"x\",\"choices\":[{\"index\":1,\"delta\":{\"content\":\"other\"}},"
                        + "{\"index\":0,\"delta\":{\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}]}}]}",
                delta("{}", "\"length\""));
        assertThat(assembled(events).parts()).containsExactly(new Part.Text("ab"));
        assertThat(assembled(events).id()).isEqualTo("x");
    }

    @Test
    void streamMayEndWithoutSentinelButNotWithoutFinish() {
        assertThat(events(delta("{\"content\":\"a\"}", "\"stop\"")).getLast()).isInstanceOf(Finished.class);
        assertThat(events(delta("{\"content\":\"a\"}", "null")).getLast()).isInstanceOf(Failed.class);
        assertThat(Wire.decode(SURFACE.streamDecoder(Wire.TARGET), "data: [DONE]\n\n"))
                .hasSize(1)
                .first()
                .isInstanceOf(Failed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"error\":{\"message\":\"x\"}}", "{\"error\":\"x\"}", "x", "[]", "7"})
    void brokenEventEndsTheAnswerOnce(String data) {
        List<ChatEvent> events =
                events(delta("{\"content\":\"a\"}", "null"), data, delta("{\"content\":\"b\"}", "\"stop\""));
        assertThat(events.getLast()).isInstanceOf(Failed.class);
        assertThat(events).hasSize(3);
        assertThat(((Failed) events.getLast()).failure().type()).isEqualTo(FailureClass.STREAM_BROKEN);
    }

    @Test
    void surrogateCutInTwoStaysWhole() {
        var events = events(delta("{\"content\":\"\\ud83d\"}", "null"), delta("{\"content\":\"\\ude42\"}", "\"stop\""));
        assertThat(assembled(events).parts()).containsExactly(new Part.Text("🙂"));
        String wire = Wire.encode(Wire.PROTOCOL.streamEncoder(Wire.REPLY), events);
        var again = Wire.decode(SURFACE.streamDecoder(Wire.TARGET), wire);
        assertThat(assembled(again).parts()).containsExactly(new Part.Text("🙂"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "[]",
                "{}",
                "{\"choices\":[]}",
                "{\"choices\":[{\"message\":null}]}",
                "{\"choices\":[{\"message\":{\"content\":7},\"finish_reason\":\"stop\"}]}",
                "{\"choices\":[{\"message\":{\"content\":\"a\"},\"finish_reason\":\"error\"}]}",
                "{\"error\":{\"message\":\"boom\"}}"
            })
    void wholeAnswerThatIsNoneIsTheUpstreamsFailure(String body) {
        var refusal = catchThrowableOfType(Refusal.class, () -> SURFACE.decode(body.getBytes(UTF_8), Wire.TARGET));
        assertThat(refusal.failure().type()).isEqualTo(FailureClass.UPSTREAM);
        assertThat(refusal.failure().message()).doesNotContain("boom");
    }

    private static String delta(String delta, String finish) {
        return "{\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + finish + "}]}";
    }

    private static List<ChatEvent> events(String... data) {
        var decoder = SURFACE.streamDecoder(Wire.TARGET);
        var events = new ArrayList<ChatEvent>();
        for (String one : data) {
            byte[] bytes = one.getBytes(UTF_8);
            decoder.event("", bytes, 0, bytes.length, events::add);
        }
        decoder.end(events::add);
        return events;
    }

    private static ChatResponse response(String stream) {
        return assembled(Wire.decode(SURFACE.streamDecoder(Wire.TARGET), stream));
    }

    private static ChatResponse assembled(List<ChatEvent> events) {
        var assembly = new ResponseAssembly();
        events.forEach(assembly::accept);
        return assembly.response();
    }

    private static String stream(String name) {
        return new String(Wire.bytes("openai-chat/native/" + name), UTF_8);
    }
}
