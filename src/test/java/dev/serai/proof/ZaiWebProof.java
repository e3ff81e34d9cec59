package dev.serai.proof;

import static dev.serai.proof.ZaiWebUpstream.json;
import static dev.serai.proof.ZaiWebUpstream.jwt;
import static dev.serai.proof.ZaiWebUpstream.tells;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.provider.zaiweb.ZaiWebPool;
import dev.serai.testkit.Gateway;
import dev.serai.testkit.Scripts;
import java.net.http.HttpResponse;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
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

    private ZaiWebUpstream upstream;

    @BeforeAll
    static void start() {
        gateway = Gateway.start(
                Map.of("TOKEN_POOL_SIZE", "2", "ZAI_ACCOUNT", ZaiWebUpstream.ACCOUNT, "ZAI_STALE", jwt("user-stale")));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void open() {
        upstream = new ZaiWebUpstream();
    }

    @AfterEach
    void close() {
        upstream.close();
    }

    private String provider(String more) {
        return "{\"provider\":\"zai\",\"model\":\"glm-4.7\",\"endpoint\":\"" + upstream.url() + "\"" + more + "}";
    }

    private void configure(String... providers) {
        gateway.configure("{\"m\":{\"providers\":[" + String.join(",", providers) + "]}}");
    }

    private static HttpResponse<String> ask(String more) {
        return gateway.post("/v1/chat/completions", ASK.formatted(more), "authorization", "Bearer " + Gateway.KEY);
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
        var sent = upstream.asked().getFirst();
        var body = json(sent.body());
        assertThat(sent.header("x-fe-version")).matches("prod-fe-1\\.1\\.9\\d");
        assertThat(sent.header("x-signature")).matches("[0-9a-f]{64}");
        assertThat(sent.header("authorization")).startsWith("Bearer eyJ");
        assertThat(sent.header("referer")).isEqualTo("https://chat.z.ai/c/chat-1");
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
        var sent = upstream.received("/api/chat/completions").findFirst().orElseThrow();
        assertThat(sent.header("x-signature")).isEmpty();
        assertThat(upstream.received("/api/v1/chats/new")).isEmpty();
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
        upstream.then(tells(CAPTCHA));
        for (int i = 0; i < 3; i++) {
            var answer = ask(i == 1 ? ",\"stream\":true" : "");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            assertThat(answer.body()).contains("captcha");
            assertThat(answer.headers().firstValue("retry-after")).isPresent();
        }
        assertThat(upstream.asked()).hasSize(1);
    }

    @Test
    void aCaptchaForAnAccountIsToldForAsLongAsItRests() {
        configure(provider(",\"apiKeys\":[\"ZAI_ACCOUNT\"]"));
        upstream.then(tells(CAPTCHA));
        for (int i = 0; i < 3; i++) {
            var answer = ask("");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            assertThat(answer.body()).contains("captcha");
        }
        assertThat(upstream.asked()).hasSize(1);
    }

    @Test
    void aCaptchaAfterContentLetsTheGuestsRestToo() {
        configure(provider(""));
        upstream.then(Scripts.streams(List.of(
                Scripts.data(
                        "{\"type\":\"chat:completion\",\"data\":{\"phase\":\"answer\",\"delta_content\":\"half\"}}"),
                Scripts.data("{\"type\":\"chat:completion\",\"data\":" + CAPTCHA + "}"))));
        assertThat(ask(",\"stream\":true").body()).contains("half", "captcha").doesNotContain("[DONE]");
        var pool = gateway.bean(ZaiWebPool.class);
        await().until(() -> pool.trouble(upstream.url()).contains("captcha"));
        var answer = ask("");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.body()).contains("captcha");
        assertThat(upstream.asked()).hasSize(1);
    }

    @Test
    void aCaptchaMovesTheCallOn() {
        configure(provider(""), "{\"provider\":\"simulator\",\"model\":\"demo\"}");
        upstream.then(tells(CAPTCHA));
        var answer = ask("");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-gateway-provider")).hasValue("simulator");
    }

    @Test
    void aRefusedVersionIsReadAnewOnce() {
        configure(provider(""));
        upstream.then(
                Scripts.status(426, "{\"error\":{\"detail\":\"Your client version check failed\",\"code\":426}}"));
        var answer = ask("");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(upstream.received("/").count()).isEqualTo(2);
        var versions = upstream.asked().stream()
                .map(request -> request.header("x-fe-version"))
                .distinct();
        assertThat(versions).hasSize(2);
    }

    @Test
    void aGuestWhoseSessionIsOverIsReplacedInTheSameAttempt() {
        configure(provider(""));
        upstream.then(Scripts.status(401, "{\"detail\":\"Could not validate credentials\"}"));
        var answer = ask("");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-gateway-attempts")).hasValue("1");
        var tokens = upstream.asked().stream()
                .map(request -> request.header("authorization"))
                .distinct();
        assertThat(tokens).hasSize(2);
    }

    @Test
    void rolesThatAreNotTakenAreFoldedIntoOne() {
        configure(provider(""));
        upstream.then(tells("{\"error\":{\"code\":\"INTERNAL_ERROR\",\"detail\":\"x\"},\"done\":true}"));
        assertThat(ask("").statusCode()).isEqualTo(200);
        var second = json(upstream.asked().get(1).body());
        assertThat(second.path("messages")).hasSize(1);
        assertThat(second.at("/messages/0/role").asText()).isEqualTo("user");
        assertThat(second.at("/messages/0/content").asText()).contains("Be brief.", "hello");
        assertThat(second.path("signature_prompt")).isEqualTo(second.at("/messages/0/content"));
    }

    @Test
    void anAccountsTokenIsCheckedAndUsed() {
        configure(provider(",\"apiKeys\":[\"ZAI_ACCOUNT\"]"));
        assertThat(ask("").statusCode()).isEqualTo(200);
        var sent = upstream.asked().getFirst();
        assertThat(sent.header("authorization")).isEqualTo("Bearer " + ZaiWebUpstream.ACCOUNT);
        assertThat(sent.path()).contains("user_id=user-account");
        assertThat(upstream.guests()).isZero();
    }

    @Test
    void aStaleAccountThatTurnsIntoAGuestIsNoticed() {
        configure(provider(",\"apiKeys\":[\"ZAI_STALE\"]"));
        var answer = ask("");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.body()).contains("dead").doesNotContain(jwt("user-stale"));
        assertThat(upstream.asked()).isEmpty();
    }

    @Test
    void anAnswerThatBreaksOffIsNotWhole() {
        configure(provider(""));
        upstream.then(Scripts.streams(List.of(Scripts.data(
                "{\"type\":\"chat:completion\",\"data\":{\"phase\":\"answer\",\"delta_content\":\"half\"}}"))));
        var answer = ask(",\"stream\":true");
        assertThat(answer.body()).contains("half").doesNotContain("[DONE]").contains("error");
    }

    @Test
    void whereTheClocksDifferTheUpstreamsIsUsedAfterARefusal() {
        configure(provider(""));
        upstream.at("/", Scripts.status(200, "<html>prod-fe-1.1.98</html>"));
        var ahead = ZonedDateTime.now(ZoneOffset.UTC).plusHours(1);
        upstream.then((request, wire) -> {
            upstream.at(
                    "/",
                    Scripts.status(
                            200,
                            "<html>prod-fe-1.1.98</html>",
                            "date: " + DateTimeFormatter.RFC_1123_DATE_TIME.format(ahead)));
            Scripts.status(426, "{\"error\":{\"detail\":\"client check failed\",\"code\":426}}")
                    .play(request, wire);
        });
        assertThat(ask("").statusCode()).isEqualTo(200);
        var times = upstream.asked().stream()
                .map(request -> Long.parseLong(request.path().replaceFirst(".*&timestamp=([0-9]+).*", "$1")))
                .toList();
        assertThat(times.get(1) - times.get(0)).isBetween(3_500_000L, 3_700_000L);
    }

    @Test
    void aVersionThatIsRefusedAgainIsToldAndLetsTheGuestsRest() {
        configure(provider(""));
        var refused = Scripts.status(426, "{\"error\":{\"detail\":\"client check failed\",\"code\":426}}");
        upstream.then(refused, refused);
        for (int i = 0; i < 2; i++) {
            var answer = ask("");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            assertThat(answer.body()).contains("version or signature");
        }
        assertThat(upstream.asked()).hasSize(2);
    }

    @Test
    void aModelsNameIsMappedAndAnUnknownOneLookedUp() {
        upstream.at(
                "/api/models",
                Scripts.status(
                        200, "{\"data\":[{\"id\":\"x\",\"name\":\"X\"},{\"id\":\"GLM-9\",\"name\":\"GLM 9\"}]}"));
        configure(provider("").replace("glm-4.7", "glm-4.5"));
        assertThat(ask("").statusCode()).isEqualTo(200);
        assertThat(json(upstream.asked().getFirst().body()).path("model").asText())
                .isEqualTo("0727-360B-API");
        configure(provider("").replace("glm-4.7", "glm-9"));
        upstream.then(Scripts.status(400, "{\"detail\":\"Model not found\"}"));
        assertThat(ask("").statusCode()).isEqualTo(200);
        assertThat(ask("").statusCode()).isEqualTo(200);
        var models = upstream.asked().stream()
                .skip(1)
                .map(request -> json(request.body()).path("model").asText());
        assertThat(models).containsExactly("glm-9", "GLM-9", "GLM-9");
        assertThat(upstream.received("/api/models")).hasSize(1);
    }

    @Test
    void aModelThatNobodyKnowsIsA404() {
        upstream.at("/api/models", Scripts.status(200, "{\"data\":[{\"id\":\"x\"}]}"));
        configure(provider(""));
        upstream.then(Scripts.status(400, "{\"detail\":\"Model not found\"}"));
        var answer = ask("");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
    }

    @Test
    void anAccountsCheckThatHangsIsBrokenOffWithItsCall() {
        upstream.at("/api/v1/auths/", (request, wire) -> wire.stall());
        configure(provider(",\"apiKeys\":[\"ZAI_ACCOUNT\"],\"timeouts\":{\"firstByte\":\"500ms\"}"));
        var answer = ask("");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(504);
    }

    @Test
    void aHomePageThatHangsIsReadOnceForAllCallsAndHoldsNoneUp() {
        upstream.at("/", (request, wire) -> wire.stall());
        configure(provider(",\"timeouts\":{\"firstByte\":\"800ms\"}"));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, 4)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> ask(""), threads))
                    .toList();
            assertThat(calls)
                    .allSatisfy(call -> assertThat(call.join().statusCode()).isIn(503, 504));
        }
        assertThat(upstream.received("/")).hasSize(1);
        assertThat(upstream.asked()).isEmpty();
    }
}
