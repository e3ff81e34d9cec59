package dev.serai.protocol.openairesponses;

import static dev.serai.protocol.openairesponses.ResponsesWire.SURFACE;
import static dev.serai.protocol.openairesponses.ResponsesWire.TARGET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.message.ChatEvent;
import dev.serai.message.ChatEvent.Failed;
import dev.serai.message.ChatEvent.Finished;
import dev.serai.message.ChatEvent.TextDelta;
import dev.serai.message.ChatEvent.ToolCallEnd;
import dev.serai.message.ChatEvent.UsageReport;
import dev.serai.message.ChatResponse;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Finish;
import dev.serai.message.Finish.Reason;
import dev.serai.message.MediaSource;
import dev.serai.message.Part;
import dev.serai.message.ProviderSignature;
import dev.serai.message.ReasoningForm;
import dev.serai.message.Refusal;
import dev.serai.message.ResponseAssembly;
import dev.serai.message.SignatureKind;
import dev.serai.message.ToolKind;
import dev.serai.message.Usage;
import dev.serai.protocol.openaichat.Wire;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams and whole answers as upstreams send them. */
class ResponsesStreamDecoderTest {

    private static final String MESSAGE =
            "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\"hi\"}]}";
    private static final String CALL =
            "{\"id\":\"fc_1\",\"type\":\"function_call\",\"call_id\":\"call_1\",\"name\":\"f\",\"arguments\":\"{}\"}";

    private static List<ChatEvent> events(String... data) {
        var events = new ArrayList<ChatEvent>();
        var decoder = SURFACE.streamDecoder(TARGET);
        for (String it : data) {
            byte[] bytes = it.getBytes(UTF_8);
            decoder.event("", bytes, 0, bytes.length, events::add);
        }
        decoder.end(events::add);
        return events;
    }

    private static ChatResponse assembled(List<ChatEvent> events) {
        var assembly = new ResponseAssembly();
        events.forEach(assembly::accept);
        return assembly.response();
    }

    private static String delta(String type, String delta) {
        return "{\"type\":\"" + type + "\",\"item_id\":\"x\",\"output_index\":0,\"content_index\":0,\"delta\":\""
                + delta + "\"}";
    }

    private static String completed(String... items) {
        return "{\"type\":\"response.completed\",\"response\":{\"id\":\"resp_1\",\"status\":\"completed\",\"output\":["
                + String.join(",", items) + "]}}";
    }

    @Test
    void streamOfTheVendorIsRead() {
        var decoder = SURFACE.streamDecoder(TARGET);
        var response = assembled(Wire.decode(decoder, ResponsesWire.text("native/openai-responses.stream.txt")));
        assertThat(decoder.complete()).isTrue();
        assertThat(response.id()).isEqualTo("n1");
        assertThat(response.parts()).hasSize(4);
        var seal = new ProviderSignature(
                "openai-responses", null, null, SignatureKind.ENCRYPTED_CONTENT, "gAAAwhole_and-final", "rs_n1");
        assertThat(response.parts().get(0))
                .isEqualTo(new Part.Reasoning("First\n\nSecond", ReasoningForm.SUMMARY, seal));
        assertThat(response.parts().get(1)).isInstanceOf(Part.Opaque.class);
        var text = (Part.Text) response.parts().get(2);
        assertThat(text.text()).isEqualTo("Hello");
        assertThat(text.citations()).hasSize(1);
        assertThat(text.citations().getFirst().url()).isEqualTo("https://a.example");
        assertThat(response.parts().get(3))
                .isEqualTo(new Part.ToolCall("call_n1", "f", ToolKind.FUNCTION, "{\"a\":1}", null));
        assertThat(response.finish()).isEqualTo(Finish.of(Reason.TOOL_CALLS, "completed"));
        assertThat(response.usage()).isEqualTo(new Usage(4017, 4004, 10, 9, 4, false));
    }

    @Test
    void reasoningOfOpenModelsIsTheReasoningItself() {
        var response = assembled(events(
                delta("response.reasoning_text.delta", "hm"),
                "{\"type\":\"response.output_item.done\",\"output_index\":0,\"item\":{\"id\":\"rs\",\"type\":\"reasoning\","
                        + "\"summary\":[],\"content\":[{\"type\":\"reasoning_text\",\"text\":\"hm\"}]}}",
                completed()));
        assertThat(response.parts()).containsExactly(new Part.Reasoning("hm", ReasoningForm.FULL, null));
    }

    @Test
    void reasoningThatShowsNothingAndSealsNothingIsNone() {
        var events = events(completed("{\"id\":\"rs\",\"type\":\"reasoning\",\"summary\":[]}", MESSAGE));
        assertThat(assembled(events).parts()).containsExactly(new Part.Text("hi"));
    }

    @Test
    void whatNoEventToldIsInTheLastOne() {
        var response = assembled(events(completed(MESSAGE, CALL)));
        assertThat(response.parts())
                .containsExactly(new Part.Text("hi"), new Part.ToolCall("call_1", "f", ToolKind.FUNCTION, "{}", null));
        assertThat(response.finish().reason()).isEqualTo(Reason.TOOL_CALLS);
    }

    @Test
    void itemsThatComeOnlyDoneAreTakenAndOnlyOnce() {
        String done = "{\"type\":\"response.output_item.done\",\"output_index\":0,\"item\":" + CALL + "}";
        var events = events(done, done, completed(CALL));
        assertThat(events).filteredOn(ToolCallEnd.class::isInstance).hasSize(1);
        assertThat(assembled(events).parts()).hasSize(1);
    }

    @Test
    void textWithoutItsItemIsText() {
        assertThat(assembled(events(delta("response.output_text.delta", "a"), completed()))
                        .parts())
                .containsExactly(new Part.Text("a"));
        assertThat(assembled(events(
                                "{\"type\":\"response.output_text.done\",\"output_index\":0,\"content_index\":0,\"text\":\"b\"}",
                                completed()))
                        .parts())
                .containsExactly(new Part.Text("b"));
    }

    @Test
    void refusalAloneIsARefusal() {
        var response = assembled(events(delta("response.refusal.delta", "no"), completed()));
        assertThat(response.parts()).containsExactly(new Part.RefusalText("no"));
        assertThat(response.finish().reason()).isEqualTo(Reason.REFUSAL);
    }

    @Test
    void incompleteTellsWhyAndWhatItCost() {
        var events = events(
                delta("response.output_text.delta", "a"),
                "{\"type\":\"response.incomplete\",\"response\":{\"incomplete_details\":{\"reason\":\"max_output_tokens\"},"
                        + "\"usage\":{\"input_tokens\":3,\"output_tokens\":2}}}");
        assertThat(events).contains(new UsageReport(new Usage(3, 0, 0, 2, 0, false)));
        assertThat(assembled(events).finish()).isEqualTo(Finish.of(Reason.LENGTH, "max_output_tokens"));
    }

    @Test
    void failureTellsItsClassAndItsUsage() {
        var events = events(
                "{\"type\":\"response.failed\",\"response\":{\"status\":\"failed\",\"error\":{\"code\":"
                        + "\"rate_limit_exceeded\",\"message\":\"secret words\"},\"usage\":{\"input_tokens\":3,\"output_tokens\":0}}}");
        assertThat(events.getFirst()).isInstanceOf(UsageReport.class);
        Failure failure = ((Failed) events.getLast()).failure();
        assertThat(failure.type()).isEqualTo(FailureClass.RATE);
        assertThat(failure.message()).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"error\",\"code\":\"context_length_exceeded\",\"message\":\"m\",\"param\":null}",
                "{\"type\":\"error\",\"error\":{\"code\":\"context_length_exceeded\",\"message\":\"m\"}}",
                "{\"error\":{\"code\":\"context_length_exceeded\",\"message\":\"m\"}}",
                "{\"type\":\"response.failed\",\"response\":{\"error\":{\"code\":\"context_length_exceeded\"}}}",
                "{\"type\":\"response.completed\",\"response\":{\"error\":{\"code\":\"context_length_exceeded\"}}}"
            })
    void errorsOfEveryShapeTellTheirClass(String data) {
        var events = events(delta("response.output_text.delta", "a"), data, delta("response.output_text.delta", "b"));
        assertThat(((Failed) events.getLast()).failure().type()).isEqualTo(FailureClass.CONTEXT);
        assertThat(events).doesNotContain(new TextDelta(0, "b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"not json", "[1]", "7", "{\"type\":\"response.failed\"}", "[DONE]"})
    void brokenStreamIsAFailure(String data) {
        var events = events(delta("response.output_text.delta", "a"), data);
        assertThat(((Failed) events.getLast()).failure().type()).isEqualTo(FailureClass.STREAM_BROKEN);
        assertThat(events).noneMatch(Finished.class::isInstance);
    }

    @Test
    void endWithoutTerminalEventIsAFailureOnce() {
        var events = events(delta("response.output_text.delta", "a"));
        assertThat(events).filteredOn(Failed.class::isInstance).hasSize(1);
    }

    @Test
    void wholeAnswersOfEveryKindAreRead() {
        ChatResponse response = whole("\"status\":\"completed\",\"output\":[" + MESSAGE + ","
                + "{\"type\":\"image_generation_call\",\"id\":\"ig\",\"status\":\"completed\",\"result\":\"AAAA\",\"output_format\":\"webp\"},"
                + "{\"type\":\"custom_tool_call\",\"id\":\"c\",\"call_id\":\"k\",\"namespace\":\"ns\",\"name\":\"p\",\"input\":\"x\"},"
                + "{\"type\":\"mcp_call\",\"id\":\"m\"}],\"service_tier\":\"flex\"");
        assertThat(response.parts().subList(0, 3))
                .containsExactly(
                        new Part.Text("hi"),
                        new Part.Image(new MediaSource.Base64("image/webp", "AAAA"), null, null),
                        new Part.ToolCall("k", "ns__p", ToolKind.CUSTOM, "x", null));
        assertThat(response.parts().get(3)).isInstanceOf(Part.Opaque.class);
        assertThat(response.serviceTier()).isEqualTo("flex");
        assertThat(whole(
                                "\"status\":\"incomplete\",\"incomplete_details\":{\"reason\":\"content_filter\"},\"output\":[]")
                        .finish()
                        .reason())
                .isEqualTo(Reason.CONTENT_FILTER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "<html>",
                "{\"status\":\"failed\",\"output\":[]}",
                "{\"status\":\"in_progress\",\"output\":[]}",
                "{\"status\":\"completed\"}",
                "{\"error\":{\"message\":\"boom\"}}",
                "{\"error\":\"boom\",\"output\":[]}"
            })
    void wholeAnswerThatIsNoneIsAFailure(String body) {
        byte[] bytes = body.getBytes(UTF_8);
        assertThatThrownBy(() -> SURFACE.decode(bytes, TARGET)).isInstanceOf(Refusal.class);
        var passed = SURFACE.passthroughAnswer(bytes, ResponsesWire.REPLY, TARGET);
        assertThat(passed.failure()).isNotNull();
    }

    private static ChatResponse whole(String members) {
        return SURFACE.decode(("{\"id\":\"resp_1\",\"model\":\"m\"," + members + "}").getBytes(UTF_8), TARGET);
    }

    @Test
    void manyItemsAreReadInLinearTime() {
        var items = new String[20_000];
        Arrays.fill(items, "{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"a\"}]}");
        assertThat(assembled(events(completed(items))).parts()).hasSize(20_000);
    }
}
