package dev.serai.provider.openai;

import static dev.serai.message.FailureClass.CLIENT;
import static dev.serai.message.FailureClass.CONTENT;
import static dev.serai.message.FailureClass.CONTEXT;
import static dev.serai.message.FailureClass.KEY_DEAD;
import static dev.serai.message.FailureClass.KEY_RIGHTS;
import static dev.serai.message.FailureClass.MODEL;
import static dev.serai.message.FailureClass.OVERLOAD;
import static dev.serai.message.FailureClass.QUOTA;
import static dev.serai.message.FailureClass.RATE;
import static dev.serai.message.FailureClass.REASONING;
import static dev.serai.message.FailureClass.UPSTREAM;
import static dev.serai.provider.Replies.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.provider.Replies;
import dev.serai.provider.UpstreamReply;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiFailuresTest {

    private final OpenAiFailures failures = new OpenAiFailures();

    static Stream<Arguments> rows() {
        return Stream.of(
                row(400, "context_length_exceeded", null, "too long", CONTEXT, Kind.CONTEXT_LENGTH_EXCEEDED),
                row(
                        400,
                        null,
                        null,
                        "This model's maximum context length is 128000 tokens.",
                        CONTEXT,
                        Kind.CONTEXT_LENGTH_EXCEEDED),
                row(413, null, null, "maximum context length is 8192", CONTEXT, Kind.CONTEXT_LENGTH_EXCEEDED),
                row(400, "content_policy_violation", null, "no", CONTENT, Kind.CONTENT_BLOCKED),
                row(400, "content_filter", null, "The response was filtered", CONTENT, Kind.CONTENT_BLOCKED),
                row(400, null, null, "Your request was rejected by our safety system.", CONTENT, Kind.CONTENT_BLOCKED),
                row(403, null, null, "Your input was flagged", CONTENT, Kind.CONTENT_BLOCKED),
                row(
                        400,
                        "unsupported_parameter",
                        "invalid_request_error",
                        "no logprobs",
                        CLIENT,
                        Kind.UNSUPPORTED_PARAMETER),
                row(
                        400,
                        "unsupported_value",
                        "invalid_request_error",
                        "temperature",
                        CLIENT,
                        Kind.UNSUPPORTED_PARAMETER),
                row(
                        400,
                        null,
                        "invalid_request_error",
                        "Unknown parameter: 'safety_identifier'",
                        CLIENT,
                        Kind.INVALID_REQUEST),
                row(400, "invalid_encrypted_content", null, "reasoning item", REASONING, Kind.INVALID_REQUEST),
                row(400, null, null, "bad", CLIENT, Kind.INVALID_REQUEST),
                row(400, "invalid_api_key", null, "bad key", KEY_DEAD, Kind.OVERLOADED),
                row(400, null, null, "API key not valid. Please pass a valid API key.", KEY_DEAD, Kind.OVERLOADED),
                row(400, "insufficient_quota", null, "pay", QUOTA, Kind.OVERLOADED),
                row(400, null, null, "Model Not Exist", MODEL, Kind.MODEL_NOT_FOUND),
                row(401, null, null, "anything", KEY_DEAD, Kind.OVERLOADED),
                row(401, "insufficient_quota", null, "anything", KEY_DEAD, Kind.OVERLOADED),
                row(402, null, null, "Insufficient Balance", QUOTA, Kind.OVERLOADED),
                row(402, null, null, "This request requires more credits", QUOTA, Kind.OVERLOADED),
                row(
                        403,
                        "unsupported_country_region_territory",
                        null,
                        "Country not supported",
                        KEY_RIGHTS,
                        Kind.OVERLOADED),
                row(403, null, null, "insufficient permissions", KEY_RIGHTS, Kind.OVERLOADED),
                row(404, "model_not_found", null, "The model `x` does not exist", MODEL, Kind.MODEL_NOT_FOUND),
                row(404, null, null, "model 'x' not found, try pulling it first", MODEL, Kind.MODEL_NOT_FOUND),
                row(404, null, null, "Invalid URL (POST /v2/chat)", MODEL, Kind.UPSTREAM_ERROR),
                row(408, null, null, "x", UPSTREAM, Kind.UPSTREAM_ERROR),
                row(409, null, null, "x", UPSTREAM, Kind.UPSTREAM_ERROR),
                row(413, null, null, "x", CLIENT, Kind.REQUEST_TOO_LARGE),
                row(422, null, null, "x", CLIENT, Kind.INVALID_REQUEST),
                row(429, "insufficient_quota", null, "x", QUOTA, Kind.OVERLOADED),
                row(429, "billing_hard_limit_reached", null, "x", QUOTA, Kind.OVERLOADED),
                row(429, null, null, "You exceeded your current quota, please check your plan", QUOTA, Kind.OVERLOADED),
                row(429, null, null, "You exceeded your current quota. Please retry in 32.5s.", RATE, Kind.OVERLOADED),
                row(429, "rate_limit_exceeded", "tokens", "x", RATE, Kind.OVERLOADED),
                row(429, null, "requests", "x", RATE, Kind.OVERLOADED),
                row(
                        429,
                        "rate_limit_exceeded",
                        "tokens",
                        "Request too large for gpt-4o on tokens per min (TPM)",
                        CONTEXT,
                        Kind.REQUEST_TOO_LARGE),
                row(429, null, null, "That model is currently overloaded", OVERLOAD, Kind.OVERLOADED),
                row(429, null, "engine_overloaded_error", "x", OVERLOAD, Kind.OVERLOADED),
                row(500, null, "server_error", "x", UPSTREAM, Kind.UPSTREAM_ERROR),
                row(502, null, null, "x", UPSTREAM, Kind.UPSTREAM_ERROR),
                row(520, null, null, "x", UPSTREAM, Kind.UPSTREAM_ERROR),
                row(527, null, null, "x", UPSTREAM, Kind.UPSTREAM_ERROR),
                row(530, null, null, "x", UPSTREAM, Kind.UPSTREAM_ERROR),
                row(503, null, null, "x", OVERLOAD, Kind.OVERLOADED),
                row(529, null, "overloaded_error", "x", OVERLOAD, Kind.OVERLOADED),
                row(504, null, null, "x", UPSTREAM, Kind.TIMEOUT),
                row(418, null, null, "x", UPSTREAM, Kind.UPSTREAM_ERROR),
                row(200, null, "server_error", "x", UPSTREAM, Kind.UPSTREAM_ERROR),
                row(200, "429", null, "Rate limited upstream", RATE, Kind.OVERLOADED),
                row(200, null, "invalid_request_error", "bad field", CLIENT, Kind.INVALID_REQUEST),
                row(301, null, null, "x", MODEL, Kind.UPSTREAM_ERROR),
                row(307, null, null, "x", MODEL, Kind.UPSTREAM_ERROR));
    }

    private static Arguments row(
            int status,
            @Nullable String code,
            @Nullable String type,
            String message,
            FailureClass expected,
            Kind kind) {
        return arguments(status, code, type, message, expected, kind);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyRowOfTheTableHasItsClass(
            int status,
            @Nullable String code,
            @Nullable String type,
            String message,
            FailureClass expected,
            Kind kind) {
        var error = new ObjectMapper().createObjectNode();
        error.put("message", message).put("type", type).put("code", code);
        var body = new ObjectMapper().createObjectNode().set("error", error);
        var failure = failures.of(json(status, body.toString()));
        assertThat(failure.type()).isEqualTo(expected);
        assertThat(failure.kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "200, UPSTREAM, UPSTREAM_ERROR",
        "302, MODEL, UPSTREAM_ERROR",
        "400, UPSTREAM, UPSTREAM_ERROR",
        "401, KEY_DEAD, OVERLOADED",
        "402, QUOTA, OVERLOADED",
        "403, UPSTREAM, UPSTREAM_ERROR",
        "404, MODEL, UPSTREAM_ERROR",
        "413, CLIENT, REQUEST_TOO_LARGE",
        "429, RATE, OVERLOADED",
        "500, UPSTREAM, UPSTREAM_ERROR",
        "503, OVERLOAD, OVERLOADED",
        "504, UPSTREAM, TIMEOUT"
    })
    void aPageInsteadOfJsonIsTheUpstreamsFault(int status, FailureClass expected, Kind kind) {
        for (var reply : new UpstreamReply[] {
            Replies.html(status, "<html><h1>Blocked</h1>"),
            Replies.reply(status, "<!doctype html>", Map.of()),
            Replies.reply(status, "gateway says no", Map.of()),
            Replies.reply(status, "", Map.of())
        }) {
            var failure = failures.of(reply);
            assertThat(failure.type()).isEqualTo(expected);
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.message()).doesNotContain("says no").doesNotContain("<");
        }
    }

    @Test
    void theCallersOwnMistakeKeepsItsFieldAndWords() {
        var failure = failures.of(json(400, """
                {"error":{"message":"Invalid type for 'messages[0].content'","type":"invalid_request_error",
                 "param":"messages[0].content","code":"invalid_type"}}"""));
        assertThat(failure)
                .isEqualTo(new Failure(
                        Kind.INVALID_REQUEST,
                        CLIENT,
                        "Invalid type for 'messages[0].content'",
                        "messages[0].content",
                        null));
    }

    @Test
    void aCredentialsTroubleIsNeverToldInTheUpstreamsWords() {
        for (int status : new int[] {401, 402, 403, 429, 500, 503}) {
            var failure = failures.of(json(
                    status,
                    "{\"error\":{\"message\":\"Incorrect API key provided: sk-abc, see platform.openai.com\"}}"));
            assertThat(failure.message())
                    .isIn("No provider can take the request right now.", "The upstream provider failed.");
            assertThat(failure.param()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":\"too many tokens for the context window\"}",
                "[{\"error\":{\"message\":\"prompt is too long\"}}]",
                "{\"object\":\"error\",\"message\":\"maximum context length is 4096\",\"code\":400}",
                "{\"detail\":\"input token count exceeds\"}",
                "data: {\"error\":{\"code\":\"context_length_exceeded\"}}\n\n",
                "{\"error\":{\"message\":\"Provider returned error\",\"code\":400,\"metadata\":{\"raw\":\"prompt is too long\"}}}"
            })
    void everyShapeOfAnErrorIsRead(String body) {
        assertThat(failures.of(json(400, body)).type()).isEqualTo(CONTEXT);
    }

    @Test
    void aValidationListNamesItsField() {
        var failure = failures.of(
                json(422, "{\"detail\":[{\"loc\":[\"body\",\"messages\",0,\"role\"],\"msg\":\"Field required\"}]}"));
        assertThat(failure.param()).isEqualTo("messages.0.role");
        assertThat(failure.message()).isEqualTo("Field required");
    }

    @Test
    void anErrorInsideAStreamHasTheSameClass() throws Exception {
        var json = new ObjectMapper();
        assertThat(failures.inStream(json.readTree("{\"error\":{\"code\":429,\"message\":\"slow\"}}"), Replies.NOW)
                        .type())
                .isEqualTo(RATE);
        assertThat(failures.inStream(json.readTree("{\"error\":{\"type\":\"overloaded_error\"}}"), Replies.NOW)
                        .type())
                .isEqualTo(OVERLOAD);
        assertThat(failures.inStream(json.readTree("{\"code\":\"context_length_exceeded\"}"), Replies.NOW)
                        .type())
                .isEqualTo(CONTEXT);
        assertThat(failures.inStream(json.readTree("{\"error\":{\"message\":\"boom\"}}"), Replies.NOW))
                .isEqualTo(Failure.of(Kind.UPSTREAM_ERROR, UPSTREAM, "The upstream provider failed."));
    }

    @Test
    void theWaitOfARateLimitIsKept() {
        var failure = failures.of(json(429, "{\"error\":{}}", "retry-after", "7"));
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void hostileBodiesOnlyEverMakeAFailure() {
        var deep = "{\"error\":" + "[".repeat(30_000);
        var deepClosed = "{\"error\":" + "[".repeat(500) + "]".repeat(500) + "}";
        var cut = "{\"error\":{\"message\":\"maximum context length\",\"echo\":\"" + "x".repeat(60_000);
        var wide = "{\"error\":{\"message\":\"" + "\\u0000 sk-secretsecret ".repeat(2_000) + "\"}}";
        assertThat(failures.of(json(500, deep)).type()).isEqualTo(UPSTREAM);
        assertThat(failures.of(json(400, deepClosed)).type()).isEqualTo(CLIENT);
        assertThat(failures.of(json(400, cut)).type()).isEqualTo(CONTEXT);
        assertThat(failures.of(json(400, wide)).message())
                .hasSizeLessThanOrEqualTo(500)
                .doesNotContain("secret");
        assertThat(failures.of(json(400, "{\"error\":{\"code\":1e999999,\"message\":[{}],\"param\":{}}}"))
                        .type())
                .isEqualTo(CLIENT);
        assertThat(failures.of(json(400, "\u0000\u0001\uFFFF{{{")).type()).isEqualTo(UPSTREAM);
    }
}
