package dev.serai.protocol.openaichat;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import dev.serai.protocol.ErrorAnswer;
import dev.serai.stream.ByteSink;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OpenAiChatErrorsTest {

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
                Wire.json(Wire.bytes("openai-chat/errors/" + kind.name().toLowerCase(Locale.ROOT) + ".json"));
        JsonNode error = golden.at("/body/error");
        JsonNode wait = golden.at("/headers/retry-after");
        var failure = new Failure(
                kind,
                FailureClass.CLIENT,
                error.path("message").asText(),
                error.path("param").textValue(),
                wait.isMissingNode() ? null : Duration.ofSeconds(wait.asLong()));
        ErrorAnswer answer = Wire.PROTOCOL.error(failure, "req_demo");
        assertThat(answer.status()).isEqualTo(golden.path("status").asInt());
        assertThat(Wire.json(answer.body())).isEqualTo(golden.path("body"));
        assertThat(Schemas.openAi("ErrorResponse", Wire.json(answer.body()))).isEmpty();
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
    void doorErrorsAreInvalidRequests(Kind kind) {
        var answer = Wire.PROTOCOL.error(Failure.of(kind, FailureClass.CLIENT, "No."), "r");
        assertThat(answer.status()).isEqualTo(kind.status());
        assertThat(Wire.json(answer.body()).at("/error/type").asText()).isEqualTo("invalid_request_error");
    }

    @Test
    void waitIsAtLeastOneWholeSecondAndTold() {
        var failure = Failure.of(Kind.RATE_LIMITED, FailureClass.RATE, "Slow down.");
        assertThat(header(failure.withRetryAfter(Duration.ofMillis(20)))).isEqualTo("1");
        assertThat(header(failure.withRetryAfter(Duration.ofMillis(6001)))).isEqualTo("7");
        assertThat(header(failure)).isEqualTo("1");
        assertThat(message(failure.withRetryAfter(Duration.ofMillis(6001))))
                .isEqualTo("Slow down. Please try again in 7s.");
    }

    @Test
    void quotaThatSoonFreesUpMayBeRetried() {
        var failure = Failure.of(Kind.QUOTA_EXHAUSTED, FailureClass.GATEWAY, "Used up.");
        var soon = Wire.PROTOCOL.error(failure.withRetryAfter(Duration.ofSeconds(60)), "r");
        var late = Wire.PROTOCOL.error(failure.withRetryAfter(Duration.ofSeconds(61)), "r");
        assertThat(soon.headers()).doesNotContainKey("x-should-retry").containsEntry("Retry-After", "60");
        assertThat(late.headers()).containsEntry("x-should-retry", "false");
        assertThat(Wire.PROTOCOL.error(failure, "r").headers()).containsEntry("x-should-retry", "false");
    }

    @Test
    void cutAnswerNeverLooksComplete() {
        String golden = new String(Wire.bytes("openai-chat/errors/mid-stream.stream.txt"), UTF_8);
        List<ChatEvent> events = List.of(
                new Start("midstream", "demo-1", 1_764_000_000L),
                new TextDelta(0, "On a clear day"),
                new TextDelta(0, " the sky"),
                new Failed(BUSY),
                new TextDelta(0, " is blue"),
                new ChatEvent.Finished(Finish.of(Finish.Reason.STOP)));
        String wire = Wire.encode(Wire.PROTOCOL.streamEncoder(Wire.REPLY), events);
        assertThat(Wire.data(wire).stream().map(Wire::json).toList())
                .isEqualTo(Wire.data(golden).stream().map(Wire::json).toList());
        assertThat(wire).doesNotContain("[DONE]");
    }

    @Test
    void streamWithoutFinishGetsNoSentinel() {
        String wire = Wire.encode(Wire.PROTOCOL.streamEncoder(Wire.REPLY), List.of(new TextDelta(0, "Hel")));
        assertThat(wire).contains("Hel").doesNotContain("[DONE]");
    }

    @Test
    void errorEventIsOneDataLine() {
        var out = new ByteSink(64);
        Wire.PROTOCOL.errorEvent(BUSY, Wire.REPLY, out);
        assertThat(out.toString()).startsWith("data: {\"error\":{").endsWith("}}\n\n");
    }

    private static String header(Failure failure) {
        return String.valueOf(Wire.PROTOCOL.error(failure, "r").headers().get("Retry-After"));
    }

    private static String message(Failure failure) {
        return Wire.json(Wire.PROTOCOL.error(failure, "r").body())
                .at("/error/message")
                .asText();
    }
}
