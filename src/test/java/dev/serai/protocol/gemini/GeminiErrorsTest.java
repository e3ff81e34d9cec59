package dev.serai.protocol.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.message.ChatEvent.Failed;
import dev.serai.message.ChatEvent.Start;
import dev.serai.message.ChatEvent.TextDelta;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.protocol.ErrorAnswer;
import dev.serai.protocol.openaichat.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GeminiErrorsTest {

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
        JsonNode golden = Wire.json(Wire.bytes("gemini/errors/" + kind.name().toLowerCase(Locale.ROOT) + ".json"));
        JsonNode wait = golden.at("/headers/retry-after");
        var failure = new Failure(
                kind,
                FailureClass.CLIENT,
                golden.at("/body/error/message").asText(),
                null,
                wait.isMissingNode() ? null : Duration.ofSeconds(wait.asLong()));
        if (kind == Kind.CONTEXT_LENGTH_EXCEEDED) {
            ((ObjectNode) golden.at("/body/error"))
                    .put("message", "The input token count exceeds the maximum. " + failure.message());
        }
        ErrorAnswer answer = GeminiWire.PROTOCOL.error(failure, "req_demo");
        assertThat(answer.status()).isEqualTo(golden.path("status").asInt());
        assertThat(Wire.json(answer.body())).isEqualTo(golden.path("body"));
        assertThat(GeminiWire.faults("ErrorResponse", Wire.json(answer.body()))).isEmpty();
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
    void doorErrorsHaveTheEnvelopeToo(Kind kind) {
        var answer = GeminiWire.PROTOCOL.error(Failure.of(kind, FailureClass.CLIENT, "No."), "r");
        assertThat(answer.status()).isEqualTo(kind.status());
        assertThat(GeminiWire.faults("ErrorResponse", Wire.json(answer.body()))).isEmpty();
    }

    @Test
    void waitIsToldInEveryPlaceWhereClientsLook() {
        var failure =
                Failure.of(Kind.RATE_LIMITED, FailureClass.RATE, "Slow down.").withRetryAfter(Duration.ofMillis(6001));
        var answer = GeminiWire.PROTOCOL.error(failure, "r");
        JsonNode error = Wire.json(answer.body()).path("error");
        assertThat(error.path("message").asText()).isEqualTo("Slow down. Please retry in 7s.");
        assertThat(error.at("/details/1/retryDelay").asText()).isEqualTo("7s");
        assertThat(answer.headers()).containsEntry("Retry-After", "7");
    }

    @Test
    void quotaThatSoonFreesUpMayBeRetried() {
        var failure = Failure.of(Kind.QUOTA_EXHAUSTED, FailureClass.GATEWAY, "Used up.");
        assertThat(reason(failure.withRetryAfter(Duration.ofSeconds(60)))).isEqualTo("RATE_LIMIT_EXCEEDED");
        assertThat(reason(failure.withRetryAfter(Duration.ofSeconds(61)))).isEqualTo("QUOTA_EXHAUSTED");
        assertThat(reason(failure)).isEqualTo("QUOTA_EXHAUSTED");
    }

    @Test
    void cutAnswerNeverLooksComplete() {
        String golden = new String(Wire.bytes("gemini/errors/mid-stream.stream.txt"), UTF_8);
        var busy = Failure.of(Kind.OVERLOADED, FailureClass.OVERLOAD, "The upstream provider is overloaded.");
        String wire = Wire.encode(
                GeminiWire.PROTOCOL.streamEncoder(GeminiWire.REPLY),
                List.of(
                        new Start("midstream", "demo-1", 1_764_000_000L),
                        new TextDelta(0, "On a clear day"),
                        new TextDelta(0, " the sky"),
                        new Failed(busy)));
        assertThat(Wire.data(wire).stream().map(Wire::json).toList())
                .isEqualTo(Wire.data(golden).stream().map(Wire::json).toList());
        assertThat(wire).doesNotContain("finishReason");
    }

    private static String reason(Failure failure) {
        return Wire.json(GeminiWire.PROTOCOL.error(failure, "r").body())
                .at("/error/details/0/reason")
                .asText();
    }
}
