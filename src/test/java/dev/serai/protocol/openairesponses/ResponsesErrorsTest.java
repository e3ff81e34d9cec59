package dev.serai.protocol.openairesponses;

import static dev.serai.protocol.openairesponses.ResponsesWire.PROTOCOL;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.message.ChatEvent;
import dev.serai.message.ChatEvent.Failed;
import dev.serai.message.ChatEvent.Start;
import dev.serai.message.ChatEvent.TextDelta;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Finish;
import dev.serai.message.Kind;
import dev.serai.protocol.openaichat.Schemas;
import dev.serai.protocol.openaichat.Wire;
import dev.serai.stream.ByteSink;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResponsesErrorsTest {

    private static final Failure BUSY =
            Failure.of(Kind.OVERLOADED, FailureClass.OVERLOAD, "The upstream provider is overloaded.");

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"CLIENT_CLOSED", "NOT_FOUND", "METHOD_NOT_ALLOWED", "UNSUPPORTED_MEDIA_TYPE"})
    void errorHasItsGoldenForm(Kind kind) {
        JsonNode golden = Wire.json(ResponsesWire.bytes("errors/" + kind.name().toLowerCase(Locale.ROOT) + ".json"));
        JsonNode error = golden.at("/body/error");
        JsonNode wait = golden.at("/headers/retry-after");
        var failure = new Failure(
                kind,
                FailureClass.CLIENT,
                error.path("message").asText(),
                error.path("param").textValue(),
                wait.isMissingNode() ? null : Duration.ofSeconds(wait.asLong()));
        var answer = PROTOCOL.error(failure, "req_demo");
        assertThat(answer.status()).isEqualTo(golden.path("status").asInt());
        assertThat(Wire.json(answer.body())).isEqualTo(golden.path("body"));
        golden.path("headers")
                .properties()
                .forEach(header -> assertThat(answer.headers()).anySatisfy((name, value) -> {
                    assertThat(name).isEqualToIgnoringCase(header.getKey());
                    assertThat(value).isEqualTo(header.getValue().asText());
                }));
    }

    @Test
    void cutAnswerNeverLooksComplete() {
        var reply = ResponsesWire.reply(
                ResponsesWire.body("\"input\":\"x\",\"instructions\":\"You answer in one sentence.\","
                                + "\"max_output_tokens\":256,\"store\":false")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        List<ChatEvent> events = List.of(
                new Start("midstream", "demo-1", 1_764_000_000L),
                new TextDelta(0, "On a clear day"),
                new TextDelta(0, " the sky"),
                new Failed(BUSY),
                new TextDelta(0, " is blue"),
                new ChatEvent.Finished(Finish.of(Finish.Reason.STOP)));
        String wire = Wire.encode(PROTOCOL.streamEncoder(reply), events);
        assertThat(ResponsesWire.data(wire))
                .isEqualTo(ResponsesWire.data(ResponsesWire.text("errors/mid-stream.stream.txt")));
        assertThat(wire).doesNotContain("response.completed", "is blue");
    }

    @Test
    void streamWithoutFinishHasNoTerminalEvent() {
        String wire = Wire.encode(PROTOCOL.streamEncoder(ResponsesWire.REPLY), List.of(new TextDelta(0, "Hel")));
        assertThat(wire).contains("Hel").doesNotContain("response.completed", "response.incomplete");
    }

    @Test
    void failureBeforeAnythingIsAnErrorEvent() {
        var out = new ByteSink(64);
        PROTOCOL.errorEvent(BUSY, ResponsesWire.REPLY, out);
        assertThat(out.toString()).startsWith("event: error\ndata: {").endsWith("}\n\n");
        JsonNode event = ResponsesWire.data(out.toString()).getFirst();
        assertThat(event.path("sequence_number").asInt(-1)).isZero();
        assertThat(event.path("code").asText()).isEqualTo("overloaded");
        assertThat(Schemas.openAiResponses("ResponseErrorEvent", event)).isEmpty();
        assertThat(Wire.encode(PROTOCOL.streamEncoder(ResponsesWire.REPLY), List.of(new Failed(BUSY))))
                .isEqualTo(out.toString());
    }

    @Test
    void finishThatIsAnErrorIsAFailure() {
        var events = ResponsesWire.stream(
                ResponsesWire.REPLY, new TextDelta(0, "x"), new ChatEvent.Finished(Finish.of(Finish.Reason.ERROR)));
        assertThat(events.getLast().path("type").asText()).isEqualTo("response.failed");
    }

    @Test
    void codesThatClientsDecideByAreTold() {
        assertThat(code(Kind.RATE_LIMITED)).isEqualTo("rate_limit_exceeded");
        assertThat(code(Kind.QUOTA_EXHAUSTED)).isEqualTo("insufficient_quota");
        assertThat(code(Kind.CONTEXT_LENGTH_EXCEEDED)).isEqualTo("context_length_exceeded");
        assertThat(code(Kind.CONTENT_BLOCKED)).isEqualTo("invalid_prompt");
        assertThat(code(Kind.TIMEOUT)).isEqualTo("server_error");
        var limited = new Failure(Kind.RATE_LIMITED, FailureClass.RATE, "Slow.", null, Duration.ofSeconds(7));
        assertThat(ResponsesWire.stream(ResponsesWire.REPLY, new TextDelta(0, "x"), new Failed(limited))
                        .getLast()
                        .at("/response/error/message")
                        .asText())
                .contains("try again in 7s");
    }

    private static String code(Kind kind) {
        var failed = new Failed(Failure.of(kind, FailureClass.UPSTREAM, "No."));
        return ResponsesWire.stream(ResponsesWire.REPLY, new TextDelta(0, "x"), failed)
                .getLast()
                .at("/response/error/code")
                .asText();
    }
}
