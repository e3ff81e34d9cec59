package dev.serai.protocol.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.message.ChatEvent;
import dev.serai.message.ChatEvent.Failed;
import dev.serai.message.ChatEvent.Finished;
import dev.serai.message.ChatEvent.Ping;
import dev.serai.message.ChatEvent.ReasoningDelta;
import dev.serai.message.ChatEvent.Signature;
import dev.serai.message.ChatEvent.Start;
import dev.serai.message.ChatEvent.TextDelta;
import dev.serai.message.ChatEvent.ToolCallArgsDelta;
import dev.serai.message.ChatEvent.ToolCallEnd;
import dev.serai.message.ChatEvent.ToolCallStart;
import dev.serai.message.ChatResponse;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Finish;
import dev.serai.message.Kind;
import dev.serai.message.Part;
import dev.serai.message.ProviderSignature;
import dev.serai.message.ReasoningForm;
import dev.serai.message.SignatureKind;
import dev.serai.message.ToolKind;
import dev.serai.protocol.Reply;
import dev.serai.protocol.openaichat.Wire;
import dev.serai.stream.ByteSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What callers get of answers that were made elsewhere. */
class GeminiStreamEncoderTest {

    private static final Failure BUSY =
            Failure.of(Kind.OVERLOADED, FailureClass.OVERLOAD, "The upstream provider is overloaded.");
    private static final Reply HIDDEN =
            new Reply("req_demo", "demo-1", true, true, Map.of("thoughts", "hidden"), Map.of());
    private static final ProviderSignature SIGNATURE =
            ProviderSignature.of("anthropic", SignatureKind.SIGNATURE, "sig");

    @Test
    void interleavedCallsComeOutWholeEachInItsTurn() {
        var chunks = chunks(
                GeminiWire.REPLY,
                new ToolCallStart(0, "a", "f", ToolKind.FUNCTION),
                new ToolCallStart(1, "b", "g", ToolKind.FUNCTION),
                new ToolCallArgsDelta(1, "{\"x\":"),
                new ToolCallArgsDelta(0, "{}"),
                new ToolCallArgsDelta(1, "1}"),
                new ToolCallEnd(1),
                new ToolCallEnd(0),
                new Finished(Finish.of(Finish.Reason.TOOL_CALLS)));
        assertThat(chunks).hasSize(3);
        assertThat(part(chunks.getFirst()).at("/functionCall/args/x").asInt()).isEqualTo(1);
        assertThat(part(chunks.get(1)).at("/functionCall/id").asText()).isEqualTo("a");
        assertThat(chunks.getLast().at("/candidates/0/finishReason").asText()).isEqualTo("STOP");
    }

    @Test
    void aCutCallKeepsItsArgumentsAsText() {
        var chunks = chunks(
                GeminiWire.REPLY,
                new ToolCallStart(0, "a", "f", ToolKind.FUNCTION),
                new ToolCallArgsDelta(0, "{\"x\":"),
                new Finished(Finish.of(Finish.Reason.LENGTH)));
        assertThat(part(chunks.getFirst()).at("/functionCall/args/_raw").asText())
                .isEqualTo("{\"x\":");
        assertThat(chunks.getLast().at("/candidates/0/finishReason").asText()).isEqualTo("MAX_TOKENS");
    }

    @Test
    void aSealWaitsForThePartBehindOrGetsOne() {
        var chunks = chunks(
                GeminiWire.REPLY,
                new ReasoningDelta(0, "hm", ReasoningForm.FULL),
                new Signature(0, SIGNATURE),
                new Signature(1, ProviderSignature.of("anthropic", SignatureKind.REDACTED_DATA, "data")),
                new Finished(Finish.of(Finish.Reason.STOP)));
        assertThat(chunks).hasSize(3);
        assertThat(part(chunks.get(1)).path("thought").asBoolean()).isTrue();
        assertThat(part(chunks.get(1)).path("thoughtSignature").asText()).isEqualTo(SIGNATURE.packed());
        assertThat(part(chunks.getLast()).has("thoughtSignature")).isTrue();
    }

    @Test
    void thoughtsStayHiddenWithTheSealsThatNeedThem() {
        List<ChatEvent> events = List.of(
                new ReasoningDelta(0, "hm", ReasoningForm.FULL),
                new Signature(0, SIGNATURE),
                new TextDelta(1, "x"),
                new Finished(Finish.of(Finish.Reason.STOP)));
        var chunks = chunks(HIDDEN, events.toArray(ChatEvent[]::new));
        assertThat(chunks).hasSize(2);
        assertThat(chunks.toString()).doesNotContain("hm", "thought");
        var whole = ChatResponse.of(
                "1",
                "m",
                0,
                List.of(new Part.Reasoning("hm", ReasoningForm.FULL, SIGNATURE), new Part.Text("x")),
                Finish.of(Finish.Reason.STOP),
                null);
        assertThat(Wire.json(GeminiWire.PROTOCOL.encode(whole, HIDDEN)).toString())
                .doesNotContain("hm", "thought");
    }

    @Test
    void anEmptyAnswerHasAPartThatClientsCanRead() {
        var blocked = ChatResponse.of("1", "m", 0, List.of(), Finish.of(Finish.Reason.CONTENT_FILTER), null);
        JsonNode body = Wire.json(GeminiWire.PROTOCOL.encode(blocked, GeminiWire.REPLY));
        assertThat(body.at("/candidates/0/content/parts/0/text").asText("none")).isEmpty();
        assertThat(body.at("/candidates/0/finishReason").asText()).isEqualTo("SAFETY");
    }

    /** The reader in Gemini CLI loses all that follows a comment, and Google's one for Go fails on it. */
    @Test
    void signsOfLifeAreWhiteSpaceAndNeverComments() {
        var out = new ByteSink(16);
        GeminiWire.PROTOCOL.streamEncoder(GeminiWire.REPLY).encode(new Ping(), out);
        assertThat(out).hasToString("\n\n");
        assertThat(GeminiWire.PROTOCOL.heartbeat(GeminiWire.REPLY.traits()))
                .asString()
                .isEqualTo("\n\n");
        out.clear();
        GeminiWire.PROTOCOL.streamEncoder(GeminiWire.ARRAY).encode(new Ping(), out);
        assertThat(out.toString()).isBlank();
    }

    @Test
    void aFailingStreamEndsWithTheErrorInEitherFraming() {
        ChatEvent[] events = {
            new Start("1", "m", 0),
            new TextDelta(0, "On a clear day"),
            new Failed(BUSY),
            new TextDelta(0, " is blue"),
            new Finished(Finish.of(Finish.Reason.STOP))
        };
        var chunks = chunks(GeminiWire.REPLY, events);
        var elements = new ArrayList<JsonNode>();
        Wire.json(wire(GeminiWire.ARRAY, events)).forEach(elements::add);
        assertThat(elements).isEqualTo(chunks).hasSize(2);
        assertThat(chunks.getLast().at("/error/code").asInt()).isEqualTo(503);
        assertThat(chunks.toString()).doesNotContain("finishReason");
    }

    @Test
    void aStreamThatNobodyEndedIsNoWholeArray() {
        var out = new ByteSink(64);
        var encoder = GeminiWire.PROTOCOL.streamEncoder(GeminiWire.ARRAY);
        encoder.encode(new TextDelta(0, "Hel"), out);
        encoder.end(out);
        assertThat(out.toString())
                .startsWith("[")
                .doesNotContain("finishReason")
                .doesNotEndWith("]");
    }

    @Test
    void aStreamThatFailsBeforeAnyEventIsTheErrorAlone() {
        var out = new ByteSink(64);
        GeminiWire.PROTOCOL.errorEvent(BUSY, GeminiWire.ARRAY, out);
        assertThat(Wire.json(out.toString()).at("/0/error/status").asText()).isEqualTo("UNAVAILABLE");
        out.clear();
        GeminiWire.PROTOCOL.errorEvent(BUSY, GeminiWire.REPLY, out);
        assertThat(out.toString()).startsWith("data: {\"error\":{").endsWith("}}\n\n");
    }

    private static String wire(Reply reply, ChatEvent... events) {
        return Wire.encode(GeminiWire.PROTOCOL.streamEncoder(reply), List.of(events));
    }

    private static List<JsonNode> chunks(Reply reply, ChatEvent... events) {
        return Wire.data(wire(reply, events)).stream().map(Wire::json).toList();
    }

    private static JsonNode part(JsonNode chunk) {
        return chunk.at("/candidates/0/content/parts/0");
    }
}
