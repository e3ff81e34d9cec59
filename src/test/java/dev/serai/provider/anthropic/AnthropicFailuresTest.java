package dev.serai.provider.anthropic;

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
import static dev.serai.provider.Replies.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.provider.Replies;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnthropicFailuresTest {

    private static final String INVALID = "invalid_request_error";

    private final AnthropicFailures failures = new AnthropicFailures();

    static Stream<Arguments> rows() {
        return Stream.of(
                arguments(
                        400,
                        INVALID,
                        "prompt is too long: 210000 tokens > 200000 maximum",
                        CONTEXT,
                        Kind.CONTEXT_LENGTH_EXCEEDED),
                arguments(
                        400,
                        INVALID,
                        "input length and `max_tokens` exceed context limit",
                        CONTEXT,
                        Kind.CONTEXT_LENGTH_EXCEEDED),
                arguments(400, INVALID, "Your credit balance is too low", QUOTA, Kind.OVERLOADED),
                arguments(400, INVALID, "You have reached your specified API usage limits.", QUOTA, Kind.OVERLOADED),
                arguments(400, INVALID, "This organization has been disabled.", KEY_DEAD, Kind.OVERLOADED),
                arguments(400, INVALID, "messages: wrong", CLIENT, Kind.INVALID_REQUEST),
                arguments(
                        400,
                        INVALID,
                        "messages.1.content.0: Invalid `signature` in `thinking` block",
                        REASONING,
                        Kind.INVALID_REQUEST),
                arguments(401, "authentication_error", "invalid x-api-key", KEY_DEAD, Kind.OVERLOADED),
                arguments(402, "billing_error", "pay", QUOTA, Kind.OVERLOADED),
                arguments(403, "permission_error", "no", KEY_RIGHTS, Kind.OVERLOADED),
                arguments(404, "not_found_error", "model: claude-x", MODEL, Kind.MODEL_NOT_FOUND),
                arguments(404, "not_found_error", "no such path", MODEL, Kind.UPSTREAM_ERROR),
                arguments(409, "conflict_error", "x", UPSTREAM, Kind.UPSTREAM_ERROR),
                arguments(413, "request_too_large", "x", CLIENT, Kind.REQUEST_TOO_LARGE),
                arguments(429, "rate_limit_error", "limit", QUOTA, Kind.OVERLOADED),
                arguments(500, "api_error", "x", UPSTREAM, Kind.UPSTREAM_ERROR),
                arguments(503, "api_error", "cmek", UPSTREAM, Kind.UPSTREAM_ERROR),
                arguments(504, "timeout_error", "x", UPSTREAM, Kind.TIMEOUT),
                arguments(529, "overloaded_error", "x", OVERLOAD, Kind.OVERLOADED));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void eachFailureHasItsClass(int status, String type, String message, FailureClass expected, Kind kind) {
        Failure failure = failures.of(json(status, body(type, message, null)));
        assertThat(failure.type()).isEqualTo(expected);
        assertThat(failure.kind()).isEqualTo(kind);
    }

    private static String body(String type, String message, @Nullable String code) {
        return data(type, message, code).put("request_id", "req_1").toString();
    }

    private static ObjectNode data(String type, String message, @Nullable String code) {
        ObjectNode body = new ObjectMapper().createObjectNode().put("type", "error");
        ObjectNode error = body.putObject("error").put("type", type).put("message", message);
        if (code != null) {
            error.putObject("details").put("error_code", code);
        }
        return body;
    }

    @Test
    void aLimitThatTellsItsEndIsAWaitAndALongOneAWindow() {
        String body = body("rate_limit_error", "x", null);
        var brief = failures.of(json(429, body, "retry-after", "30"));
        assertThat(brief.type()).isEqualTo(RATE);
        assertThat(brief.retryAfter()).isEqualTo(Duration.ofSeconds(30));
        assertThat(failures.of(json(429, body, "retry-after", "601")).type()).isEqualTo(QUOTA_WINDOW);
        var reset = failures.of(json(
                429,
                body,
                "anthropic-ratelimit-tokens-remaining",
                "0",
                "anthropic-ratelimit-tokens-reset",
                "2026-08-03T12:00:20Z"));
        assertThat(reset.type()).isEqualTo(RATE);
        assertThat(reset.retryAfter()).isEqualTo(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"enforced_spend_limit_reached", "contract_spend_limit_reached"})
    void aSpendLimitIsMoneyWhateverTheWait(String code) {
        assertThat(failures.of(json(429, body("rate_limit_error", "x", code), "retry-after", "5"))
                        .type())
                .isEqualTo(QUOTA);
    }

    @Test
    void anOrganizationOnHoldIsADeadKey() {
        assertThat(failures.of(json(400, body(INVALID, "x", "organization_on_hold")))
                        .type())
                .isEqualTo(KEY_DEAD);
    }

    @ParameterizedTest
    @CsvSource({
        "overloaded_error, OVERLOAD",
        "rate_limit_error, RATE",
        "api_error, UPSTREAM",
        "authentication_error, KEY_DEAD",
        "invalid_request_error, CLIENT",
        "something_new, UPSTREAM"
    })
    void underA200AndInAStreamTheTypeStandsForTheStatus(String type, FailureClass expected) {
        assertThat(failures.of(json(200, body(type, "x", null))).type()).isEqualTo(expected);
        assertThat(failures.inStream(data(type, "x", null), Replies.NOW).type()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "401, KEY_DEAD",
        "403, UPSTREAM",
        "404, MODEL",
        "429, RATE",
        "502, UPSTREAM",
        "529, OVERLOAD",
        "302, MODEL"
    })
    void aProxysPageMeansNoMoreThanItsStatus(int status, FailureClass expected) {
        assertThat(failures.of(Replies.html(status, "<html>")).type()).isEqualTo(expected);
        assertThat(failures.of(json(status, "")).type()).isEqualTo(expected);
    }

    @Test
    void onlyAFaultOfTheRequestIsToldInTheUpstreamsWordsAndMasked() {
        var told = failures.of(json(400, body(INVALID, "max_tokens: too large for sk-ant-api03-abcdefgh", null)));
        assertThat(told.message()).contains("max_tokens").doesNotContain("sk-ant");
        assertThat(failures.of(json(401, body("authentication_error", "sk-ant-api03-abcdefgh", null)))
                        .message())
                .doesNotContain("sk-ant");
    }
}
