package dev.serai.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.message.ChatEvent.Failed;
import dev.serai.message.ChatEvent.TextDelta;
import dev.serai.message.ChatEvent.ToolCallArgsDelta;
import dev.serai.message.ChatEvent.ToolCallEnd;
import dev.serai.message.ChatEvent.ToolCallStart;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponseAssemblyTest {

    private static final Usage USAGE = new Usage(7, 2, 1, 5, 3, false);

    @Test
    void wholeAnswerSurvivesTheWayThroughEvents() {
        var seal = ProviderSignature.of("anthropic", SignatureKind.SIGNATURE, "c2VhbA==");
        var citation = new Citation("https://example.com", "Title", null, 0, 3, null, null);
        var response = ChatResponse.of(
                "r1",
                "m",
                12,
                List.of(
                        new Part.Reasoning("think", ReasoningForm.SUMMARY, seal),
                        new Part.Text("text", List.of(citation), null, null),
                        new Part.ToolCall("c1", "tool", ToolKind.FUNCTION, "{\"a\":1}", null),
                        new Part.RefusalText("no"),
                        new Part.Image(new MediaSource.Url("https://example.com/a.png", null), null, null)),
                Finish.of(Finish.Reason.TOOL_CALLS),
                USAGE);
        var assembly = new ResponseAssembly();
        ResponseEvents.of(response).forEach(assembly::accept);
        assertThat(assembly.response()).isEqualTo(response);
    }

    @Test
    void interleavedCallsKeepTheirArguments() {
        var assembly = new ResponseAssembly();
        List.of(
                        new ToolCallStart(0, "a", "one", ToolKind.FUNCTION),
                        new ToolCallStart(1, "b", "two", ToolKind.FUNCTION),
                        new ToolCallArgsDelta(1, "{\"y\""),
                        new ToolCallArgsDelta(0, "{\"x\":1}"),
                        new ToolCallArgsDelta(1, ":2}"),
                        new ToolCallStart(2, "c", "three", ToolKind.FUNCTION),
                        new ToolCallEnd(2),
                        new ChatEvent.Finished(Finish.of(Finish.Reason.TOOL_CALLS)))
                .forEach(assembly::accept);
        assertThat(assembly.response().parts())
                .extracting(part -> ((Part.ToolCall) part).arguments())
                .containsExactly("{\"x\":1}", "{\"y\":2}", "{}");
    }

    @Test
    void cutAnswerIsNoAnswer() {
        var assembly = new ResponseAssembly();
        assembly.accept(new TextDelta(0, "Hel"));
        assertThat(assembly.isOver()).isFalse();
        assertThatThrownBy(assembly::response).isInstanceOf(Refusal.class);
    }

    @Test
    void failureOfTheStreamIsTheFailureOfTheAnswer() {
        var failure = Failure.of(Kind.OVERLOADED, FailureClass.OVERLOAD, "busy");
        var assembly = new ResponseAssembly();
        assembly.accept(new TextDelta(0, "Hel"));
        assembly.accept(new Failed(failure));
        assertThat(assembly.isOver()).isTrue();
        assertThatThrownBy(assembly::response)
                .isInstanceOfSatisfying(
                        Refusal.class, e -> assertThat(e.failure()).isEqualTo(failure));
    }

    @Test
    void packedSignatureIsReadBack() {
        var seal = ProviderSignature.of("anthropic", SignatureKind.REDACTED_DATA, "EqQBCkYIBxgCKkBk");
        assertThat(ProviderSignature.unpack(seal.packed())).contains(seal);
        assertThat(ProviderSignature.unpack("EqQBCkYIBxgCKkBk")).isEmpty();
        assertThat(ProviderSignature.unpack("bnVsbA==")).isEmpty();
        assertThat(ProviderSignature.unpack("")).isEmpty();
        assertThat(ProviderSignature.unpack("not base64!")).isEmpty();
    }
}
