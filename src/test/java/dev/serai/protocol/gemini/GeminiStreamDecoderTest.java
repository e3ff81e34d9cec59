package dev.serai.protocol.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.message.ChatEvent;
import dev.serai.message.ChatEvent.Failed;
import dev.serai.message.ChatEvent.Finished;
import dev.serai.message.ChatEvent.ToolCallStart;
import dev.serai.message.ChatResponse;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Finish;
import dev.serai.message.Part;
import dev.serai.message.ProviderSignature;
import dev.serai.message.ReasoningForm;
import dev.serai.message.Refusal;
import dev.serai.message.ResponseAssembly;
import dev.serai.message.SignatureKind;
import dev.serai.message.ToolKind;
import dev.serai.message.Usage;
import dev.serai.protocol.openaichat.Wire;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the real service sends. */
class GeminiStreamDecoderTest {

    @Test
    void thoughtsCallsAndTheLastUsageAreRead() {
        var answer = assembled(stream("gemini.stream.txt"));
        assertThat(answer.parts())
                .containsExactly(
                        new Part.Reasoning("**Plan**\n", ReasoningForm.FULL, null),
                        new Part.ToolCall(
                                "fc_1",
                                "get_weather",
                                ToolKind.FUNCTION,
                                "{\"city\":\"Oslo\"}",
                                own("CiQBdemoSignatureAAAA")),
                        new Part.ToolCall("fc_2", "get_weather", ToolKind.FUNCTION, "{\"city\":\"Rome\"}", null));
        assertThat(answer.finish()).isEqualTo(Finish.of(Finish.Reason.TOOL_CALLS, "STOP"));
        assertThat(answer.usage()).isEqualTo(new Usage(12, 0, 0, 82, 60, false));
        assertThat(answer.id()).isEqualTo("rN1");
        assertThat(answer.model()).isEqualTo("gemini-3.1-pro-preview");
    }

    @Test
    void aSealOnAnEmptyLastPartIsAPartOfItsOwn() {
        var answer = assembled(stream("gemini-text-trailing-signature.stream.txt"));
        assertThat(answer.parts())
                .containsExactly(
                        new Part.Text("Hello."), new Part.Text("", List.of(), null, own("CiQBdemoSignatureBBBB")));
        assertThat(answer.usage()).isEqualTo(new Usage(12, 0, 0, 33, 31, false));
    }

    @Test
    void aBlockedPromptIsAFinishedAnswerWithNothingInIt() {
        var answer = assembled(stream("gemini-blocked.stream.txt"));
        assertThat(answer.parts()).isEmpty();
        assertThat(answer.finish()).isEqualTo(Finish.of(Finish.Reason.CONTENT_FILTER, "PROHIBITED_CONTENT"));
        assertThat(answer.usage()).isEqualTo(new Usage(9, 0, 0, 0, 0, false));
    }

    @Test
    void anArrayInPlaceOfAStreamIsRead() {
        var answer = GeminiWire.SURFACE.decode(
                Wire.bytes("gemini/native/gemini-array-stream.json"), GeminiWire.target("demo-1"));
        assertThat(answer.parts()).containsExactly(new Part.Text("Hello"));
        assertThat(answer.usage()).isEqualTo(new Usage(4, 0, 0, 2, 0, false));
    }

    @Test
    void aCallWithoutAnIdGetsOneThatIsTheSameEachTime() {
        String stream =
                "data: {\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\":{\"name\":\"f\"}},{\"functionCall\":{\"name\":\"f\",\"args\":{}}}]},\"finishReason\":\"STOP\"}]%s}\n\n";
        assertThat(ids(stream.formatted(",\"responseId\":\"r7\""))).containsExactly("call_r7_0", "call_r7_1");
        var made = ids(stream.formatted(""));
        assertThat(made).isEqualTo(ids(stream.formatted(""))).doesNotHaveDuplicates();
        assertThat(made).isNotEqualTo(ids(stream.formatted(",\"x\":1")));
        var answer = assembled(stream.formatted(""));
        assertThat(((Part.ToolCall) answer.parts().getFirst()).arguments()).isEqualTo("{}");
    }

    @ParameterizedTest
    @CsvSource({
        "STOP,STOP",
        "MAX_TOKENS,LENGTH",
        "SAFETY,CONTENT_FILTER",
        "RECITATION,CONTENT_FILTER",
        "SPII,CONTENT_FILTER",
        "IMAGE_SAFETY,CONTENT_FILTER",
        "OTHER,OTHER",
        "NO_IMAGE,OTHER",
        "A_NEW_ONE,OTHER"
    })
    void everyFinishReasonMeansSomething(String word, Finish.Reason reason) {
        assertThat(assembled(finished("{\"text\":\"x\"}", word)).finish().reason())
                .isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MALFORMED_FUNCTION_CALL",
                "UNEXPECTED_TOOL_CALL",
                "TOO_MANY_TOOL_CALLS",
                "MALFORMED_RESPONSE",
                "MISSING_THOUGHT_SIGNATURE"
            })
    void aFinishThatIsAFailureIsEmptyBeforeContentAndBrokenBehindIt(String word) {
        assertThat(failure(finished("{\"text\":\"\"}", word)).type()).isEqualTo(FailureClass.EMPTY);
        assertThat(failure(finished("{\"text\":\"x\"}", word)).type()).isEqualTo(FailureClass.STREAM_BROKEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"x\"}]}}]}\n\n",
                "data: {\"usageMetadata\":{\"promptTokenCount\":1}}\n\n",
                "data: not json\n\n",
                "data: {\"candidates\":[\n\n",
                "data: [1]\n\n",
                "data: {\"error\":{\"code\":503,\"message\":\"m\",\"status\":\"UNAVAILABLE\"}}\n\n"
            })
    void aStreamWithoutAFinishNeverLooksComplete(String stream) {
        var events = events(stream);
        assertThat(events.getLast()).isInstanceOf(Failed.class);
        assertThat(events).noneMatch(Finished.class::isInstance);
    }

    @Test
    void afterTheFinishABreakLosesNothing() {
        var decoder = GeminiWire.SURFACE.streamDecoder(GeminiWire.target("demo-1"));
        assertThat(decoder.mayBreakOff()).isFalse();
        byte[] chunk =
                Wire.data(finished("{\"text\":\"x\"}", "STOP")).getFirst().getBytes(UTF_8);
        decoder.event("", chunk, 0, chunk.length, event -> {});
        assertThat(decoder.mayBreakOff()).isTrue();
    }

    @Test
    void mediaCodeAndSourcesAreRead() {
        var answer = assembled(
                "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"see\"},{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"AAAA\"}},{\"executableCode\":{\"language\":\"PYTHON\",\"code\":\"1\"}},"
                        + "{\"aNewKind\":{}},{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"??\"}}]},\"finishReason\":\"STOP\",\"groundingMetadata\":{\"groundingChunks\":[{\"web\":{\"uri\":\"https://a.example/\",\"title\":\"A\"}}],"
                        + "\"groundingSupports\":[{\"segment\":{\"text\":\"see\"},\"groundingChunkIndices\":[0,9]}]}},{\"index\":1,\"content\":{\"parts\":[{\"text\":\"another\"}]}}]}\n\n");
        assertThat(answer.parts()).hasSize(3);
        var text = (Part.Text) answer.parts().getFirst();
        assertThat(text.citations()).hasSize(1);
        assertThat(text.citations().getFirst().url()).isEqualTo("https://a.example/");
        assertThat(answer.parts().get(2)).isInstanceOf(Part.Opaque.class);
    }

    @Test
    void negativeAndHugeCountsAreHarmless() {
        var usage = assembled(
                        "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"x\"}]},\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":1e300,\"candidatesTokenCount\":-5,\"thoughtsTokenCount\":\"7\",\"toolUsePromptTokenCount\":2}}\n\n")
                .usage();
        assertThat(Objects.requireNonNull(usage).outputTokens()).isEqualTo(7);
        assertThat(usage.inputTokens()).isEqualTo(Integer.MAX_VALUE + 2L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"error\":{\"code\":500}}", "{\"candidates\":[]}", "<html>", ""})
    void aWholeAnswerThatIsNoneIsAFailureOfTheUpstream(String body) {
        assertThatThrownBy(() -> GeminiWire.SURFACE.decode(body.getBytes(UTF_8), GeminiWire.target("demo-1")))
                .isInstanceOf(Refusal.class)
                .satisfies(refusal ->
                        assertThat(((Refusal) refusal).failure().type()).isEqualTo(FailureClass.UPSTREAM));
    }

    private static String finished(String part, String reason) {
        return "data: {\"candidates\":[{\"content\":{\"parts\":[" + part + "]},\"finishReason\":\"" + reason
                + "\"}]}\n\n";
    }

    private static ProviderSignature own(String value) {
        return ProviderSignature.of("gemini", SignatureKind.THOUGHT_SIGNATURE, value);
    }

    private static List<String> ids(String stream) {
        return events(stream).stream()
                .filter(ToolCallStart.class::isInstance)
                .map(event -> ((ToolCallStart) event).id())
                .toList();
    }

    private static Failure failure(String stream) {
        return ((Failed) events(stream).getLast()).failure();
    }

    private static ChatResponse assembled(String stream) {
        var assembly = new ResponseAssembly();
        events(stream).forEach(assembly::accept);
        return assembly.response();
    }

    private static List<ChatEvent> events(String stream) {
        return Wire.decode(GeminiWire.SURFACE.streamDecoder(GeminiWire.target("demo-1")), stream);
    }

    private static String stream(String name) {
        return new String(Wire.bytes("gemini/native/" + name), UTF_8);
    }
}
