package dev.serai.provider.zaiweb;

import static dev.serai.provider.Replies.html;
import static dev.serai.provider.Replies.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Json;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignTest {

    private final ZaiFailures failures = new ZaiFailures();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "401 | {'detail':'Could not validate credentials'} | SESSION_DEAD | KEY_DEAD",
                "426 | {'error':{'detail':'Your client version check failed','code':426}} | CLIENT_REFUSED | OVERLOAD",
                "400 | {'detail':'您的客户端校验失败'} | CLIENT_REFUSED | OVERLOAD",
                "429 | {'detail':'Too many concurrent requests'} | LIMITED | RATE",
                "400 | {'detail':'并发过高'} | LIMITED | RATE",
                "403 | {'detail':'model_level'} | NOT_ALLOWED | KEY_RIGHTS",
                "403 | {'detail':'no'} | NOT_ALLOWED | KEY_RIGHTS",
                "400 | {'detail':'Model not found'} | NO_MODEL | MODEL",
                "404 | {'detail':'Not Found'} | NO_PATH | MODEL",
                "400 | {'detail':'messages: field required'} | MALFORMED | CLIENT",
                "400 | {'detail':'Too many images'} | MALFORMED | CLIENT",
                "422 | {'detail':'captcha_verify_param: must be text'} | MALFORMED | CLIENT",
                "413 | {'detail':'Too many concurrent files'} | MALFORMED | CLIENT",
                "403 | {'detail':'Too many concurrent requests'} | LIMITED | RATE",
                "403 | {'detail':'Please solve the captcha'} | CAPTCHA | RATE",
                "200 | {'detail':'too many'} | LIMITED | RATE",
                "400 | {'error':{'code':'FRONTEND_CAPTCHA_REQUIRED','detail':'refresh'}} | CAPTCHA | RATE",
                "400 | {'error':{'captcha_error_type':'missing_param','code':400}} | CAPTCHA | RATE",
                "422 | {'detail':[{'msg':'field required'}]} | MALFORMED | CLIENT",
                "500 | {'error':{'code':'INTERNAL_ERROR','detail':'x'}} | INTERNAL | UPSTREAM",
                "502 | {} | FAILED | UPSTREAM",
                "503 | no json | FAILED | UPSTREAM",
                "200 | {'detail':'odd'} | FAILED | UPSTREAM"
            })
    void everyRefusalIsTakenForWhatItIs(int status, String body, Sign sign, FailureClass type) {
        var failure = failures.of(json(status, body.replace('\'', '"')));
        assertThat(failures.last()).isEqualTo(sign);
        assertThat(failure.type()).isEqualTo(type);
    }

    @Test
    void aFirewallsPageIsOne() {
        failures.of(html(405, "<html>blocked</html>"));
        assertThat(failures.last()).isEqualTo(Sign.FIREWALL);
        failures.of(html(502, "<html>bad gateway</html>"));
        assertThat(failures.last()).isEqualTo(Sign.FAILED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'error':{'detail':'client check failed','code':426}} | CLIENT_REFUSED",
                "{'data':{'error':{'detail':'client check failed','code':'426'}}} | CLIENT_REFUSED",
                "{'data':{'data':{'error':{'detail':'client check failed','code':426},'done':true}}} | CLIENT_REFUSED",
                "{'data':{'error':{'captcha_error_type':'missing_param','code':'FRONTEND_CAPTCHA_REQUIRED'}}} | CAPTCHA",
                "{'data':{'error':{'captcha_error_type':'missing_param','detail':'refresh the page'}}} | CAPTCHA",
                "{'data':{'error':{'detail':'concurrency limit reached','code':429}}} | LIMITED",
                "{'error':'INTERNAL_ERROR'} | INTERNAL"
            })
    void anErrorIsFoundWhereverItStandsInAnEvent(String event, Sign sign) throws IOException {
        failures.inStream(Objects.requireNonNull(ZaiError.in(tree(event))));
        assertThat(failures.last()).isEqualTo(sign);
    }

    @Test
    void aCaptchaIsToldAsOneAndNobodyIsAskedForAWhile() throws IOException {
        var failure = failures.inStream(
                Objects.requireNonNull(ZaiError.in(tree("{'error':{'code':'FRONTEND_CAPTCHA_REQUIRED'}}"))));
        assertThat(failure.kind()).isEqualTo(Kind.OVERLOADED);
        assertThat(failure.message()).contains("captcha");
        assertThat(failure.retryAfter()).isEqualTo(Sign.CAPTCHA.pause());
    }

    private static JsonNode tree(String text) throws IOException {
        byte[] bytes = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return Json.tree(bytes, 0, bytes.length);
    }
}
