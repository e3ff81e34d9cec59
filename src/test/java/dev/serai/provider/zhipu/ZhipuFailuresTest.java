package dev.serai.provider.zhipu;

import static dev.serai.provider.Replies.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.provider.Replies;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZhipuFailuresTest {

    private final ZhipuFailures failures = new ZhipuFailures();

    @ParameterizedTest
    @CsvSource({
        "500, 1000, KEY_DEAD",
        "401, 1000, KEY_DEAD",
        "401, 1001, KEY_DEAD",
        "401, 1003, KEY_DEAD",
        "401, 1005, KEY_DEAD",
        "429, 1113, QUOTA",
        "500, 1200, UPSTREAM",
        "400, 1210, CLIENT",
        "400, 1211, MODEL",
        "400, 1212, MODEL",
        "400, 1213, CLIENT",
        "400, 1214, CLIENT",
        "400, 1215, CLIENT",
        "403, 1220, KEY_RIGHTS",
        "400, 1221, MODEL",
        "400, 1222, MODEL",
        "500, 1230, UPSTREAM",
        "500, 1234, UPSTREAM",
        "400, 1261, CONTEXT",
        "400, 1301, CONTENT",
        "429, 1302, RATE",
        "429, 1305, OVERLOAD",
        "429, 1308, QUOTA_WINDOW",
        "429, 1309, QUOTA",
        "429, 1310, QUOTA_WINDOW",
        "429, 1311, KEY_RIGHTS",
        "429, 1313, QUOTA",
        "429, 1314, QUOTA",
        "429, 1315, KEY_RIGHTS",
        "429, 1316, QUOTA_WINDOW",
        "429, 1317, QUOTA_WINDOW",
        "429, 1318, QUOTA_WINDOW",
        "429, 1319, QUOTA_WINDOW",
        "429, 1320, QUOTA_WINDOW",
        "429, 1321, QUOTA_WINDOW",
        // older codes
        "401, 1002, KEY_DEAD",
        "401, 1004, KEY_DEAD",
        "401, 1100, KEY_DEAD",
        "401, 1110, KEY_DEAD",
        "401, 1111, KEY_DEAD",
        "401, 1112, KEY_DEAD",
        "401, 1121, KEY_DEAD",
        "401, 1120, UPSTREAM",
        "400, 1231, CLIENT",
        "400, 1300, CONTENT",
        "429, 1303, RATE",
        "429, 1304, QUOTA_WINDOW",
        "429, 1306, OVERLOAD",
        "429, 1312, OVERLOAD",
        "400, 1400, CLIENT",
        // unknown codes
        "401, 1099, KEY_DEAD",
        "403, 1199, KEY_RIGHTS",
        "429, 1199, QUOTA",
        "500, 1199, UPSTREAM",
        "400, 1299, CLIENT",
        "500, 1299, UPSTREAM",
        "429, 1399, RATE",
        "400, 1399, CLIENT",
        "500, 1399, UPSTREAM"
    })
    void theCodeDecidesBeforeTheStatus(int status, int code, FailureClass expected) {
        var text = "{\"error\":{\"code\":\"%d\",\"message\":\"某个错误\"}}".formatted(code);
        assertThat(failures.of(json(status, text)).type()).isEqualTo(expected);
        var number = "{\"error\":{\"code\":%d,\"message\":\"某个错误\"}}".formatted(code);
        assertThat(failures.of(json(status, number)).type()).isEqualTo(expected);
        var flat = "{\"code\":%d,\"msg\":\"某个错误\",\"success\":false}".formatted(code);
        assertThat(failures.of(json(status, flat)).type()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "307, MODEL, UPSTREAM_ERROR", "400, CLIENT, INVALID_REQUEST", "401, KEY_DEAD, OVERLOADED",
        "402, QUOTA, OVERLOADED", "403, KEY_RIGHTS, OVERLOADED", "404, MODEL, UPSTREAM_ERROR",
        "413, CLIENT, REQUEST_TOO_LARGE", "429, RATE, OVERLOADED", "434, KEY_RIGHTS, OVERLOADED",
        "435, CLIENT, REQUEST_TOO_LARGE", "500, UPSTREAM, UPSTREAM_ERROR", "502, UPSTREAM, UPSTREAM_ERROR",
        "503, OVERLOAD, OVERLOADED", "504, UPSTREAM, TIMEOUT", "200, UPSTREAM, UPSTREAM_ERROR"
    })
    void withoutACodeTheStatusDecides(int status, FailureClass expected, Kind kind) {
        var failure = failures.of(json(status, "{\"error\":{\"message\":\"x\"}}"));
        assertThat(failure.type()).isEqualTo(expected);
        assertThat(failure.kind()).isEqualTo(kind);
    }

    @Test
    void anErrorUnderA200IsTheErrorItSays() {
        assertThat(failures.of(json(200, "{\"code\":1113,\"msg\":\"余额不足\",\"success\":false}"))
                        .type())
                .isEqualTo(FailureClass.QUOTA);
        assertThat(failures.of(json(200, "{\"code\":401,\"msg\":\"令牌已过期\",\"success\":false}"))
                        .type())
                .isEqualTo(FailureClass.KEY_DEAD);
        assertThat(failures.of(json(200, "{\"code\":500,\"msg\":\"404 NOT_FOUND\",\"success\":false}"))
                        .type())
                .isEqualTo(FailureClass.UPSTREAM);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"error\",\"error\":{\"type\":\"1113\",\"message\":\"余额不足\"}} | QUOTA",
                "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"[1302][rate]\"}} | RATE",
                "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"code 1305: busy\"}} | OVERLOAD",
                "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"at most 1024 of 4096\"}} | RATE"
            })
    void theAnthropicSurfaceHidesTheCodeInTypeOrMessage(String body, FailureClass expected) {
        assertThat(failures.of(json(429, body)).type()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1308 | 您已达到 5 小时的使用上限。您的限额将在 2026-08-03 22:30:00 重置。 | 9000",
                "1310 | Weekly limit. It will reset at 2026-08-10 00:00:00 | 532800",
                "1321 | resets 2026-08-03T20:00:30 | 30",
                "1304 | 已达今日上限 | 14400"
            })
    void theResetIsReadInBeijingTime(int code, String message, long seconds) {
        var failure =
                failures.of(json(429, "{\"error\":{\"code\":\"%d\",\"message\":\"%s\"}}".formatted(code, message)));
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(failure.message()).isEqualTo("No provider can take the request right now.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"resets 2026-08-03 19:00:00", "resets 2026-13-45 99:00:00", "resets soon", "2026-08-03", "''"})
    void aResetThatIsOverOrNoneIsNotTold(String message) {
        var failure = failures.of(json(429, "{\"error\":{\"code\":\"1308\",\"message\":\"%s\"}}".formatted(message)));
        assertThat(failure.type()).isEqualTo(FailureClass.QUOTA_WINDOW);
        assertThat(failure.retryAfter()).isNull();
    }

    @Test
    void theCallersMistakeIsToldInZhipusWords() {
        var failure = failures.of(json(400, "{\"error\":{\"code\":\"1214\",\"message\":\"messages 参数非法。\"}}"));
        assertThat(failure).isEqualTo(Failure.of(Kind.INVALID_REQUEST, FailureClass.CLIENT, "messages 参数非法。"));
        assertThat(failures.of(json(400, "{\"error\":{\"code\":\"1301\",\"contentFilter\":[{\"role\":\"user\"}]}}")))
                .isEqualTo(Failure.of(
                        Kind.CONTENT_BLOCKED,
                        FailureClass.CONTENT,
                        "The prompt was blocked by the provider's content filter."));
    }

    @Test
    void anErrorInsideAStreamHasTheSameClass() throws Exception {
        var data = new ObjectMapper().readTree("{\"error\":{\"code\":\"1305\",\"message\":\"busy\"}}");
        assertThat(failures.inStream(data, Replies.NOW).type()).isEqualTo(FailureClass.OVERLOAD);
        var nameless = new ObjectMapper().readTree("{\"error\":{\"message\":\"boom\"}}");
        assertThat(failures.inStream(nameless, Replies.NOW).type()).isEqualTo(FailureClass.UPSTREAM);
        var typed = new ObjectMapper().readTree("{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}}");
        assertThat(failures.inStream(typed, Replies.NOW).type()).isEqualTo(FailureClass.OVERLOAD);
    }

    @Test
    void aPageInsteadOfJsonIsTheUpstreamsFault() {
        assertThat(failures.of(Replies.html(403, "<html>")).type()).isEqualTo(FailureClass.UPSTREAM);
        assertThat(failures.of(Replies.html(200, "<html>")).type()).isEqualTo(FailureClass.UPSTREAM);
        assertThat(failures.of(Replies.reply(400, "no", Map.of())).type()).isEqualTo(FailureClass.UPSTREAM);
        assertThat(failures.of(json(500, "{\"error\":" + "[".repeat(50_000))).type())
                .isEqualTo(FailureClass.UPSTREAM);
    }
}
