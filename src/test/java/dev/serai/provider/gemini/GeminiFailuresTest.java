package dev.serai.provider.gemini;

import static dev.serai.message.FailureClass.CLIENT;
import static dev.serai.message.FailureClass.CONTEXT;
import static dev.serai.message.FailureClass.KEY_DEAD;
import static dev.serai.message.FailureClass.KEY_RIGHTS;
import static dev.serai.message.FailureClass.MODEL;
import static dev.serai.message.FailureClass.OVERLOAD;
import static dev.serai.message.FailureClass.QUOTA;
import static dev.serai.message.FailureClass.QUOTA_WINDOW;
import static dev.serai.message.FailureClass.RATE;
import static dev.serai.message.FailureClass.REASONING;
import static dev.serai.message.FailureClass.UPSTREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.provider.Replies;
import dev.serai.provider.UpstreamReply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiFailuresTest {

    private static final String RPC = "type.googleapis.com/google.rpc.";
    private static final String KEY_INVALID = info("API_KEY_INVALID");
    private static final String RETRY = "{\"@type\":\"" + RPC + "RetryInfo\",\"retryDelay\":\"7.5s\"}";

    private final GeminiFailures failures = new GeminiFailures();

    static Stream<Arguments> rows() {
        return Stream.of(
                row(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.", KEY_INVALID, KEY_DEAD),
                row(400, "INVALID_ARGUMENT", "API key expired. Please renew the API key.", "", KEY_DEAD),
                row(
                        400,
                        "INVALID_ARGUMENT",
                        "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).",
                        "",
                        CONTEXT),
                row(400, "FAILED_PRECONDITION", "User location is not supported for the API use.", "", KEY_RIGHTS),
                row(400, "INVALID_ARGUMENT", "Invalid value at 'contents'", "", CLIENT),
                row(400, "INVALID_ARGUMENT", "Corrupted thought signature.", "", REASONING),
                row(401, "UNAUTHENTICATED", "x", "", KEY_DEAD),
                row(403, "PERMISSION_DENIED", "Consumer has been suspended.", info("CONSUMER_SUSPENDED"), KEY_DEAD),
                row(403, "PERMISSION_DENIED", "Your API key was reported as leaked.", "", KEY_DEAD),
                row(403, "PERMISSION_DENIED", "x", info("SERVICE_DISABLED"), KEY_RIGHTS),
                row(404, "NOT_FOUND", "models/x is not found for API version v1beta", "", MODEL),
                row(413, "INVALID_ARGUMENT", "too large", "", CLIENT),
                row(429, "RESOURCE_EXHAUSTED", "x", quota("GenerateRequestsPerDayPerProject", "50"), QUOTA_WINDOW),
                row(
                        429,
                        "RESOURCE_EXHAUSTED",
                        "x",
                        quota("GenerateRequestsPerMinutePerProject", "5") + "," + RETRY,
                        RATE),
                row(
                        429,
                        "RESOURCE_EXHAUSTED",
                        "Quota exceeded for metric: x, limit: 0, model: y",
                        quota("GenerateRequestsPerDayPerProject", "50"),
                        KEY_RIGHTS),
                row(429, "RESOURCE_EXHAUSTED", "x", quota("GenerateRequestsPerMinute", "0"), KEY_RIGHTS),
                row(429, "RESOURCE_EXHAUSTED", "Quota exceeded, limit: 05", "", RATE),
                row(429, "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota).", "", RATE),
                row(402, "", "x", "", QUOTA),
                row(499, "CANCELLED", "x", "", UPSTREAM),
                row(500, "INTERNAL", "x", "", UPSTREAM),
                row(503, "UNAVAILABLE", "The model is overloaded.", "", OVERLOAD),
                row(504, "DEADLINE_EXCEEDED", "x", "", UPSTREAM),
                row(200, "UNAVAILABLE", "x", "", OVERLOAD));
    }

    private static Arguments row(int status, String name, String message, String details, FailureClass type) {
        return arguments(status, name, message, details, type);
    }

    private static String info(String reason) {
        return "{\"@type\":\"" + RPC + "ErrorInfo\",\"reason\":\"" + reason + "\"}";
    }

    private static String quota(String id, String value) {
        return "{\"@type\":\"" + RPC + "QuotaFailure\",\"violations\":[{\"quotaId\":\"" + id + "\",\"quotaValue\":\""
                + value + "\"}]}";
    }

    private static String body(int code, String name, String message, String details) {
        return "{\"error\":{\"code\":" + code + ",\"message\":\"" + message + "\",\"status\":\"" + name
                + "\",\"details\":[" + details + "]}}";
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyRowOfTheTableHasItsClassWholeOrInsideAStream(
            int status, String name, String message, String details, FailureClass type) throws IOException {
        String body = body(status == 200 ? 503 : status, name, message, details);
        assertThat(failures.of(Replies.json(status, body)).type()).isEqualTo(type);
        assertThat(failures.of(Replies.json(status, "[" + body + "]")).type()).isEqualTo(type);
        var inside = new ObjectMapper().readTree(body);
        assertThat(failures.inStream(inside, Replies.NOW).type()).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-28T07:59:00Z,1",
        "2026-11-28T08:00:00Z,1440",
        "2026-07-01T06:00:00Z,60",
        "2026-11-01T07:00:00Z,1500"
    })
    void aDaysQuotaRestsUntilMidnightInCalifornia(Instant now, long minutes) {
        var body = body(429, "RESOURCE_EXHAUSTED", "Please retry in 5s.", quota("RequestsPerDay", "5") + "," + RETRY);
        var reply = new UpstreamReply(429, name -> null, body.getBytes(StandardCharsets.UTF_8), now);
        assertThat(failures.of(reply).retryAfter()).isEqualTo(Duration.ofMinutes(minutes));
    }

    @Test
    void theDelayThatIsToldCounts() {
        assertThat(wait(body(429, "RESOURCE_EXHAUSTED", "x", RETRY))).isEqualTo(Duration.ofMillis(7500));
        assertThat(wait(body(429, "RESOURCE_EXHAUSTED", "Please retry in 3.2s.", "")))
                .isEqualTo(Duration.ofMillis(3200));
        assertThat(wait(body(429, "RESOURCE_EXHAUSTED", "x", ""))).isEqualTo(Duration.ofSeconds(60));
        assertThat(wait(body(429, "RESOURCE_EXHAUSTED", "x", RETRY.replace("7.5s", "1e99s"))))
                .isEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "-1s", "abc", "1e999999999999s", "NaNs", "9"})
    void aDelayThatIsNoneIsPassedOver(String delay) {
        assertThat(wait(body(429, "RESOURCE_EXHAUSTED", "x", RETRY.replace("7.5s", delay))))
                .isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void theFieldThatIsWrongIsToldAndTheWordsAreMasked() {
        var failure = failures.of(Replies.json(
                400,
                body(
                        400,
                        "INVALID_ARGUMENT",
                        "Bad key AIzaSyA1234567890abcdefghijklmnopqrstu in contents",
                        "{\"@type\":\"" + RPC
                                + "BadRequest\",\"fieldViolations\":[{\"field\":\"contents[0].parts\"}]}")));
        assertThat(failure.kind()).isEqualTo(Kind.INVALID_REQUEST);
        assertThat(failure.param()).isEqualTo("contents[0].parts");
        assertThat(failure.message()).contains("in contents").doesNotContain("AIza");
    }

    @Test
    void keysAndQuotasAreNotTheCallersFault() {
        for (int status : new int[] {401, 402, 403, 429}) {
            Failure failure = failures.of(Replies.json(status, body(status, "X", "secret words", "")));
            assertThat(failure.kind()).isEqualTo(Kind.OVERLOADED);
            assertThat(failure.message()).doesNotContain("secret");
        }
    }

    @ParameterizedTest
    @CsvSource({"302,MODEL", "400,CLIENT", "401,KEY_DEAD", "404,MODEL", "500,UPSTREAM", "503,OVERLOAD", "200,UPSTREAM"})
    void aPageInsteadOfJsonIsReadByItsStatus(int status, FailureClass type) {
        for (var reply : new UpstreamReply[] {
            Replies.html(status, "<html>model</html>"),
            Replies.reply(status, "", Map.of()),
            Replies.json(status, "{\"error\":")
        }) {
            assertThat(failures.of(reply).type()).isEqualTo(type);
        }
    }

    private Duration wait(String body) {
        return Objects.requireNonNull(failures.of(Replies.json(429, body)).retryAfter());
    }
}
