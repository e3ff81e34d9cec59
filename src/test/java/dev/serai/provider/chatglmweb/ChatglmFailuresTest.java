package dev.serai.provider.chatglmweb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.provider.UpstreamReply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatglmFailuresTest {

    private final ChatglmFailures failures = new ChatglmFailures(Played.turn("glm"));

    private FailureClass type(int status, String body) {
        return failures.of(reply(status, body)).type();
    }

    private static UpstreamReply reply(int status, String body) {
        return new UpstreamReply(
                status, UpstreamReply.Headers.NONE, body.getBytes(StandardCharsets.UTF_8), Instant.EPOCH);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"status\":401,\"message\":\"x\"} | KEY_DEAD",
                "401 | '' | KEY_DEAD",
                "403 | {} | KEY_DEAD",
                "200 | {\"status\":40102,\"message\":\"40102: refresh token expired\",\"result\":null} | KEY_DEAD",
                "200 | {\"code\":1,\"message\":\"40102: refresh token expired\"} | KEY_DEAD",
                "200 | {\"status\":40103,\"message\":\"x\"} | KEY_DEAD",
                "200 | {\"status\":10001,\"message\":\"多次体验过对话，请登录后继续使用\"} | KEY_DEAD",
                "429 | {\"status\":40102} | RATE",
                "200 | {\"status\":1,\"message\":\"操作过于频繁\"} | RATE",
                "200 | {\"status\":1,\"message\":\"Too Many Requests\"} | RATE",
                "200 | {\"status\":1,\"message\":\"conversation already streaming\"} | RATE",
                "200 | {\"status\":1,\"message\":\"内容由于合规问题\"} | CONTENT",
                "200 | {\"status\":40001} | MODEL",
                "200 | {\"status\":40011} | MODEL",
                "200 | {\"status\":40014} | MODEL",
                "400 | {\"status\":40012} | OVERLOAD",
                "400 | <html></html> | OVERLOAD",
                "200 | <html>blocked</html> | OVERLOAD",
                "401 | <html>blocked</html> | OVERLOAD",
                "403 | '\r\n<!DOCTYPE html>' | OVERLOAD",
                "403 | '\uFEFF<!DOCTYPE html>' | OVERLOAD",
                "200 | {\"status\":10024} | UPSTREAM",
                "200 | {\"status\":1,\"message\":\"权限不足\"} | KEY_RIGHTS",
                "500 | oops | UPSTREAM",
                "502 | <html></html> | UPSTREAM",
                "200 | {\"status\":0} | UPSTREAM",
            })
    void aRefusalIsWhatItsBodySays(int status, String body, FailureClass expected) {
        assertThat(type(status, body)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "429, '{\"status\":429,\"message\":\"conversation streaming\"}'",
        "429, '{\"status\":429,\"message\":\"429: conversation already streaming\"}'",
        "200, '{\"status\":1,\"message\":\"已有对话流正在输出\"}'"
    })
    void aBusyAccountIsLeftForAMomentHoweverThatIsSaid(int status, String body) {
        var failure = failures.of(reply(status, body));
        assertThat(failure.type()).isEqualTo(FailureClass.RATE);
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void nothingUnderA200IsAnEmptyAnswer() {
        assertThat(type(200, "")).isEqualTo(FailureClass.EMPTY);
    }

    @Test
    void noSentenceHoldsTheServicesOwnWords() {
        var failure = failures.of(reply(200, "{\"status\":1,\"message\":\"secret words\"}"));
        assertThat(failure.message()).doesNotContain("secret");
        assertThat(failure.kind()).isEqualTo(Kind.UPSTREAM_ERROR);
    }
}
