package dev.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Json;
import dev.serai.testkit.FakeUpstream;
import dev.serai.testkit.FakeUpstream.Received;
import dev.serai.testkit.FakeUpstream.Script;
import dev.serai.testkit.Gateway;
import dev.serai.testkit.Scripts;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls through the kind {@code zai-web}, from the door to a scripted upstream and back. */
class ZaiWebProof {

    private static final String ASK = "{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},"
            + "{\"role\":\"user\",\"content\":\"hello\"}]%s}";
    private static final String CAPTCHA = "{\"error\":{\"captcha_error_type\":\"missing_param\","
            + "\"code\":\"FRONTEND_CAPTCHA_REQUIRED\",\"detail\":\"refresh the page\"},\"done\":true}";
    private static Gateway gateway;

    private final AtomicInteger guests = new AtomicInteger();
    private final ConcurrentLinkedDeque<Script> chats = new ConcurrentLinkedDeque<>();
    private FakeUpstream upstream;

    @BeforeAll
    static void start() {
        gateway = Gateway.start(
                Map.of("TOKEN_POOL_SIZE", "2", "ZAI_ACCOUNT", jwt("user-account"), "ZAI_STALE", jwt("user-stale")));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void open() {
        upstream = new FakeUpstream().then((request, wire) -> script(request).play(request, wire));
    }

    @AfterEach
    void close() {
        upstream.close();
    }

    private Script script(Received request) {
        String path = request.path().replaceFirst("\\?.*", "");
        return switch (path) {
            case "/" -> Scripts.status(200, "<html>prod-fe-1.1." + (90 + homePages()) + "</html>");
            case "/api/v1/auths/" -> session(request);
            case "/api/v1/chats/new" -> Scripts.status(200, "{\"id\":\"chat-1\"}");
            case "/api/chat/completions", "/api/v2/chat/completions" ->
                Objects.requireNonNullElseGet(chats.poll(), () -> plays("thinking"));
            default -> Scripts.status(404, "{\"detail\":\"Not Found\"}");
        };
    }

    private long homePages() {
        return at("/").count();
    }

    private Stream<Received> at(String path) {
        return upstream.journal().stream()
                .filter(request -> request.path().equals(path) || request.path().startsWith(path + "?"));
    }

    private Script session(Received request) {
        if (request.header("authorization").equals("Bearer " + jwt("user-account"))) {
            return Scripts.status(200, "{\"id\":\"user-account\",\"email\":\"a@example.com\",\"role\":\"user\"}");
        }
        int number = guests.incrementAndGet();
        return Scripts.status(
                200,
                "{\"id\":\"user-%d\",\"email\":\"guest-%d@guest.com\",\"role\":\"guest\",\"token\":\"%s\"}"
                        .formatted(number, number, jwt("user-" + number)));
    }

    private static String jwt(String id) {
        var claims = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("{\"id\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8));
        return "eyJhbGciOiJub25lIn0." + claims + ".c2ln";
    }

    private static Script plays(String example) {
        try (InputStream in =
                Objects.requireNonNull(ZaiWebProof.class.getResourceAsStream("/wire/zai-web/" + example + ".sse"))) {
            return Scripts.streams(List.of(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Script tells(String data) {
        return Scripts.streams(List.of(Scripts.data("{\"type\":\"chat:completion\",\"data\":" + data + "}")));
    }

    private String base() {
        return upstream.url().replace("/v1", "");
    }

    private String provider(String more) {
        return "{\"provider\":\"zai\",\"model\":\"glm-4.7\",\"endpoint\":\"" + base() + "\"" + more + "}";
    }

    private void configure(String... providers) {
        gateway.configure("{\"m\":{\"providers\":[" + String.join(",", providers) + "]}}");
    }

    private static HttpResponse<String> ask(String more) {
        return gateway.post("/v1/chat/completions", ASK.formatted(more), "authorization", "Bearer " + Gateway.KEY);
    }

    private static JsonNode json(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return Json.tree(bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }

    @Test
    void aGuestsWholeAnswerComesWithReasoningAndUsage() {
        configure(provider(""));
        var answer = ask("");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var message = json(answer.body()).at("/choices/0/message");
        assertThat(message.path("content").asText()).isEqualTo("The answer is 4. 好");
        assertThat(message.path("reasoning_content").asText()).isEqualTo("Add the numbers.\n2 + 2 = 4.");
        assertThat(json(answer.body()).at("/usage/total_tokens").asLong()).isEqualTo(46);
        assertThat(answer.headers().firstValue("x-gateway-provider")).hasValue("zai-web");
    }

    @Test
    void theRequestIsSignedAndHasNoSecretInItsAddress() {
        configure(provider(""));
        ask("");
        var sent = at("/api/v2/chat/completions").findFirst().orElseThrow();
        var body = json(sent.body());
        assertThat(sent.header("x-fe-version")).matches("prod-fe-1\\.1\\.9\\d");
        assertThat(sent.header("x-signature")).matches("[0-9a-f]{64}");
        assertThat(sent.header("authorization")).startsWith("Bearer eyJ");
        assertThat(sent.header("referer")).isEqualTo(base() + "/c/chat-1");
        assertThat(sent.path()).contains("requestId=", "timestamp=", "user_id=user-", "signature_timestamp=");
        assertThat(sent.path()).doesNotContain(sent.header("authorization").substring(7));
        assertThat(body.path("signature_prompt").asText()).isEqualTo("hello");
        assertThat(body.path("chat_id").asText()).isEqualTo("chat-1");
        assertThat(body.path("stream").asBoolean()).isTrue();
        assertThat(body.has("profile")).isFalse();
        assertThat(body.has("captcha_verify_param")).isFalse();
        assertThat(body.at("/messages/0/role").asText()).isEqualTo("system");
    }

    @Test
    void theOldProfileNeedsNoChatAndNoSignature() {
        configure(provider(",\"customParams\":{\"profile\":\"P2025\"}"));
        assertThat(ask("").statusCode()).isEqualTo(200);
        var sent = at("/api/chat/completions").findFirst().orElseThrow();
        assertThat(sent.header("x-signature")).isEmpty();
        assertThat(at("/api/v1/chats/new")).isEmpty();
    }

    @Test
    void everyProtocolStreamsTheAnswer() {
        configure(provider(""));
        var key = new String[] {"authorization", "Bearer " + Gateway.KEY};
        var messages = "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]";
        var answers = new ArrayList<HttpResponse<String>>();
        answers.add(ask(",\"stream\":true"));
        answers.add(gateway.post(
                "/v1/messages", "{\"model\":\"m\",\"max_tokens\":99,\"stream\":true," + messages + "}", key));
        answers.add(gateway.post("/v1/responses", "{\"model\":\"m\",\"stream\":true,\"input\":\"hello\"}", key));
        answers.add(gateway.post(
                "/v1beta/models/m:streamGenerateContent?alt=sse",
                "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hello\"}]}]}",
                key));
        for (var answer : answers) {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).contains("The answer").contains(" is 4");
        }
        assertThat(answers.getFirst().body()).contains("\"reasoning_content\":").contains("2 + 2");
    }

    @Test
    void aCaptchaIsA503ThatSaysSoAndNobodyIsAskedAgain() {
        configure(provider(""));
        chats.add(tells(CAPTCHA));
        for (int i = 0; i < 3; i++) {
            var answer = ask(i == 1 ? ",\"stream\":true" : "");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            assertThat(answer.body()).contains("captcha");
            assertThat(answer.headers().firstValue("retry-after")).isPresent();
        }
        assertThat(at("/api/v2/chat/completions")).hasSize(1);
    }

    @Test
    void aCaptchaMovesTheCallOn() {
        configure(provider(""), "{\"provider\":\"simulator\",\"model\":\"demo\"}");
        chats.add(tells(CAPTCHA));
        var answer = ask("");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-gateway-provider")).hasValue("simulator");
    }

    @Test
    void aRefusedVersionIsReadAnewOnce() {
        configure(provider(""));
        chats.add(Scripts.status(426, "{\"error\":{\"detail\":\"Your client version check failed\",\"code\":426}}"));
        var answer = ask("");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(homePages()).isEqualTo(2);
        var versions = at("/api/v2/chat/completions")
                .map(request -> request.header("x-fe-version"))
                .distinct();
        assertThat(versions).hasSize(2);
    }

    @Test
    void aGuestWhoseSessionIsOverIsReplacedInTheSameAttempt() {
        configure(provider(""));
        chats.add(Scripts.status(401, "{\"detail\":\"Could not validate credentials\"}"));
        var answer = ask("");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-gateway-attempts")).hasValue("1");
        var tokens = at("/api/v2/chat/completions")
                .map(request -> request.header("authorization"))
                .distinct();
        assertThat(tokens).hasSize(2);
    }

    @Test
    void rolesThatAreNotTakenAreFoldedIntoOne() {
        configure(provider(""));
        chats.add(tells("{\"error\":{\"code\":\"INTERNAL_ERROR\",\"detail\":\"x\"},\"done\":true}"));
        assertThat(ask("").statusCode()).isEqualTo(200);
        var second = json(
                at("/api/v2/chat/completions").skip(1).findFirst().orElseThrow().body());
        assertThat(second.path("messages")).hasSize(1);
        assertThat(second.at("/messages/0/role").asText()).isEqualTo("user");
        assertThat(second.at("/messages/0/content").asText()).contains("Be brief.", "hello");
        assertThat(second.path("signature_prompt")).isEqualTo(second.at("/messages/0/content"));
    }

    @Test
    void anAccountsTokenIsCheckedAndUsed() {
        configure(provider(",\"apiKeys\":[\"ZAI_ACCOUNT\"]"));
        assertThat(ask("").statusCode()).isEqualTo(200);
        var sent = at("/api/v2/chat/completions").findFirst().orElseThrow();
        assertThat(sent.header("authorization")).isEqualTo("Bearer " + jwt("user-account"));
        assertThat(sent.path()).contains("user_id=user-account");
        assertThat(guests).hasValue(0);
    }

    @Test
    void aStaleAccountThatTurnsIntoAGuestIsNoticed() {
        configure(provider(",\"apiKeys\":[\"ZAI_STALE\"]"));
        var answer = ask("");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.body()).contains("dead").doesNotContain(jwt("user-stale"));
        assertThat(at("/api/v2/chat/completions")).isEmpty();
    }

    @Test
    void anAnswerThatBreaksOffIsNotWhole() {
        configure(provider(""));
        chats.add(Scripts.streams(List.of(Scripts.data(
                "{\"type\":\"chat:completion\",\"data\":{\"phase\":\"answer\",\"delta_content\":\"half\"}}"))));
        var answer = ask(",\"stream\":true");
        assertThat(answer.body()).contains("half").doesNotContain("[DONE]").contains("error");
    }
}
