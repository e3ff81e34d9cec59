package dev.serai.protocol.anthropicmessages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.message.ChatEvent;
import dev.serai.message.ChatEvent.Failed;
import dev.serai.message.ChatEvent.Start;
import dev.serai.message.ChatEvent.TextDelta;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Finish;
import dev.serai.message.Kind;
import dev.serai.protocol.ErrorAnswer;
import dev.serai.protocol.Reply;
import dev.serai.protocol.openaichat.Wire;
import dev.serai.stream.ByteSink;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnthropicMessagesErrorsTest {

    private static final Failure BUSY =
            Failure.of(Kind.OVERLOADED, FailureClass.OVERLOAD, "The upstream provider is overloaded.");

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {
                "CLIENT_CLOSED",
                "PREVIOUS_RESPONSE_NOT_FOUND",
                "NOT_FOUND",
                "METHOD_NOT_ALLOWED",
                "UNSUPPORTED_MEDIA_TYPE"
            })
    void errorHasItsGoldenForm(Kind kind) {
        JsonNode golden =
                Wire.json(Wire.bytes("anthropic-messages/errors/" + kind.name().toLowerCase(Locale.ROOT) + ".json"));
        JsonNode wait = golden.at("/headers/retry-after");
        String message = golden.at("/body/error/message").asText();
        var failure = new Failure(
                kind,
                FailureClass.CLIENT,
                message,
                null,
                wait.isMissingNode() ? null : Duration.ofSeconds(wait.asLong()));
        ErrorAnswer answer = Messages.PROTOCOL.error(failure, "req_demo");
        JsonNode expected = golden.path("body");
        if (kind == Kind.CONTEXT_LENGTH_EXCEEDED) {
            // agents look for these words, which the fixture lacks
            ((ObjectNode) expected.path("error")).put("message", "prompt is too long: " + message);
        }
        assertThat(answer.status()).isEqualTo(golden.path("status").asInt());
        assertThat(Wire.json(answer.body())).isEqualTo(expected);
        assertThat(Messages.faults("ErrorResponse", Wire.json(answer.body()))).isEmpty();
        golden.path("headers")
                .properties()
                .forEach(header -> assertThat(answer.headers()).anySatisfy((name, value) -> {
                    assertThat(name).isEqualToIgnoringCase(header.getKey());
                    assertThat(value).isEqualTo(header.getValue().asText());
                }));
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"NOT_FOUND", "METHOD_NOT_ALLOWED", "UNSUPPORTED_MEDIA_TYPE"})
    void doorErrorsHaveTheirStatus(Kind kind) {
        var answer = Messages.PROTOCOL.error(Failure.of(kind, FailureClass.CLIENT, "No."), "r");
        assertThat(answer.status()).isEqualTo(kind.status());
        assertThat(Messages.faults("ErrorResponse", Wire.json(answer.body()))).isEmpty();
    }

    @Test
    void everyAnswerCarriesTheRequestsIdUnderBothNames() {
        assertThat(Messages.PROTOCOL.answerHeaders("req_1")).isEqualTo(Map.of("request-id", "req_1"));
        assertThat(Messages.PROTOCOL.error(BUSY, "req_1").headers())
                .containsEntry("request-id", "req_1")
                .containsEntry("x-request-id", "req_1");
    }

    @Test
    void aPromptThatIsTooLongIsSaidInTheWordsThatAgentsLookFor() {
        var failure =
                Failure.of(Kind.CONTEXT_LENGTH_EXCEEDED, FailureClass.CONTEXT, "The prompt is too long for the model.");
        assertThat(message(failure)).isEqualTo("The prompt is too long for the model.");
        var other = Failure.of(Kind.CONTEXT_LENGTH_EXCEEDED, FailureClass.CONTEXT, "maximum context length is 8192");
        assertThat(message(other)).isEqualTo("prompt is too long: maximum context length is 8192");
    }

    @Test
    void quotaThatSoonFreesUpMayBeRetried() {
        var failure = Failure.of(Kind.QUOTA_EXHAUSTED, FailureClass.GATEWAY, "Used up.");
        var soon = Messages.PROTOCOL.error(failure.withRetryAfter(Duration.ofSeconds(60)), "r");
        var late = Messages.PROTOCOL.error(failure.withRetryAfter(Duration.ofSeconds(61)), "r");
        assertThat(soon.headers()).doesNotContainKey("x-should-retry").containsEntry("Retry-After", "60");
        assertThat(late.headers()).containsEntry("x-should-retry", "false");
    }

    @Test
    void cutAnswerNeverLooksComplete() {
        String golden = new String(Wire.bytes("anthropic-messages/errors/mid-stream.stream.txt"), UTF_8);
        List<ChatEvent> events = List.of(
                new Start("midstream", "demo-1", 1_764_000_000L),
                new TextDelta(0, "On a clear day"),
                new TextDelta(0, " the sky"),
                new Failed(BUSY),
                new TextDelta(0, " is blue"),
                new ChatEvent.Finished(Finish.of(Finish.Reason.STOP)));
        var reply = new Reply("req_midstream", "demo-1", true, true);
        assertThat(Wire.encode(Messages.PROTOCOL.streamEncoder(reply), events).strip())
                .isEqualTo(golden.strip());
    }

    @Test
    void streamWithoutFinishIsNotStopped() {
        String wire = Wire.encode(Messages.PROTOCOL.streamEncoder(Messages.REPLY), List.of(new TextDelta(0, "Hel")));
        assertThat(wire).contains("Hel").doesNotContain("message_delta").doesNotContain("message_stop");
    }

    @Test
    void errorEventIsNamed() {
        var out = new ByteSink(64);
        Messages.PROTOCOL.errorEvent(BUSY, Messages.REPLY, out);
        assertThat(out.toString())
                .startsWith("event: error\ndata: {\"type\":\"error\",")
                .endsWith("\"request_id\":\"req_demo\"}\n\n");
    }

    private static String message(Failure failure) {
        return Wire.json(Messages.PROTOCOL.error(failure, "r").body())
                .at("/error/message")
                .asText();
    }
}
