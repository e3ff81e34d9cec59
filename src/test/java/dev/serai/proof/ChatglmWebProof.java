package dev.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.account.AccountChecks;
import dev.serai.secret.Sealer;
import dev.serai.tenant.KeyRegister;
import dev.serai.tenant.KeySettings;
import dev.serai.testkit.FakeUpstream;
import dev.serai.testkit.Gateway;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls to chatglm.cn's web service through the whole gateway, in every client protocol. */
class ChatglmWebProof {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONVERSATION = "66f0a1b2c3d4e5f601234567";
    private static final String KEYSET = Sealer.newKeyset();
    private static FakeUpstream site;
    private static Gateway gateway;
    private static final AtomicInteger tokens = new AtomicInteger();

    @BeforeAll
    static void start() {
        site = new FakeUpstream();
        gateway = gateway(Map.of());
    }

    private static Gateway gateway(Map<String, Object> more) {
        var properties = new HashMap<String, Object>(Map.of(
                "SEAL_KEYSET",
                KEYSET,
                "CHATGLM_1",
                "ref.synthetic.1",
                "serai.egress.allow",
                "127.0.0.0/8",
                "serai.accounts.health-interval",
                "1s",
                "serai.chatglm-web.base-url",
                site.url()));
        properties.putAll(more);
        return Gateway.start(properties)
                .configure("{\"glm\":" + entry("glm-4.7") + ",\"drawing\":" + entry("65a232c082ff90a2ad2f15e2") + "}");
    }

    private static String entry(String model) {
        return "{\"providers\":[{\"provider\":\"chatglm-web\",\"model\":\"" + model + "\",\"endpoint\":\"" + site.url()
                + "\",\"apiKeys\":[\"CHATGLM_1\"]}]}";
    }

    @AfterAll
    static void stop() {
        gateway.close();
        site.close();
    }

    @BeforeEach
    void script() {
        turns((request, wire) -> events(wire, file("cumulative")));
    }

    private static void turns(FakeUpstream.Script turn) {
        site.now((request, wire) -> {
            if (request.path().endsWith("/user/refresh")) {
                int number = tokens.incrementAndGet();
                json(
                        wire,
                        "{\"status\":0,\"result\":{\"access_token\":\"acc." + number + "\",\"refresh_token\":\"ref."
                                + number + "\",\"user_id\":\"u-1\"}}");
            } else if (request.path().endsWith("/assistant/stream")) {
                turn.play(request, wire);
            } else if (request.path().endsWith("/file_upload")) {
                json(
                        wire,
                        "{\"status\":0,\"result\":{\"file_id\":\"f1\",\"file_url\":\"https://x.example/f1\",\"width\":1,"
                                + "\"height\":1}}");
            } else {
                json(wire, "{\"status\":0,\"result\":null}");
            }
        });
    }

    private static void json(FakeUpstream.Wire wire, String json) throws IOException {
        wire.send("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: "
                + json.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + json);
    }

    /** The connection stays open behind the last event, as the service's does. */
    private static void events(FakeUpstream.Wire wire, String events) throws IOException {
        wire.send("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n");
        wire.chunk(events);
        wire.stall();
    }

    private static String file(String name) {
        try (InputStream file = ChatglmWebProof.class.getResourceAsStream("/wire/chatglm-web/" + name + ".sse")) {
            return file == null ? "" : new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<FakeUpstream.Received> asked(String end) {
        return site.journal().stream().filter(it -> it.path().endsWith(end)).toList();
    }

    private static String ask(boolean stream, String more) {
        return "{\"model\":\"glm\",\"stream\":" + stream + more
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aWholeAnswerIsGatheredFromTheFramesAndItsConversationDeleted() {
        var answer = gateway.chat(ask(false, ""));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var message = json(answer).at("/choices/0/message");
        assertThat(message.path("content").asText()).isEqualTo("Hello! 你好, how can I help?");
        assertThat(message.path("reasoning_content").asText()).isEqualTo("The user greets me. Reply briefly.");
        assertThat(answer.headers().firstValue("x-gateway-usage")).contains("estimated");
        await().untilAsserted(() -> assertThat(asked("/conversation/delete"))
                .singleElement()
                .satisfies(it -> assertThat(it.body()).contains(CONVERSATION)));
    }

    @Test
    void aStreamEndsWithItsSentinelInEveryProtocol() {
        assertThat(gateway.chat(ask(true, "")).body())
                .contains("how can I help?")
                .endsWith("data: [DONE]\n\n");
        assertThat(gateway.post("/v1/messages", ask(true, ",\"max_tokens\":100"), "x-api-key", Gateway.KEY)
                        .body())
                .contains("how can I help?")
                .contains("message_stop");
        assertThat(gateway.post(
                                "/v1/responses",
                                "{\"model\":\"glm\",\"stream\":true,\"input\":\"Hello\"}",
                                "authorization",
                                "Bearer " + Gateway.KEY)
                        .body())
                .contains("how can I help?")
                .contains("response.completed");
        assertThat(gateway.post(
                                "/v1beta/models/glm:streamGenerateContent?alt=sse",
                                "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hello\"}]}]}",
                                "x-goog-api-key",
                                Gateway.KEY)
                        .body())
                .contains("how can I help?")
                .contains("\"finishReason\":\"STOP\"");
    }

    @Test
    void aLapsedAccessTokenIsRenewedAndTheCallServed() {
        var first = new AtomicInteger();
        turns((request, wire) -> {
            if (first.getAndIncrement() == 0) {
                json(wire, "{\"status\":401,\"message\":\"token expired\",\"result\":null}");
            } else {
                events(wire, file("delta"));
            }
        });
        var answer = gateway.chat(ask(false, ""));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var turns = asked("/assistant/stream");
        assertThat(turns).hasSize(2);
        assertThat(turns.get(0).header("authorization"))
                .isNotEqualTo(turns.get(1).header("authorization"));
    }

    @Test
    void aKeptConversationGoesOnAndStays() {
        var begun = gateway.chat(ask(true, ",\"conversation_id\":\"\""));
        assertThat(begun.headers().firstValue("x-gateway-conversation")).contains(CONVERSATION);
        var next = gateway.chat(ask(false, ",\"conversation_id\":\"" + CONVERSATION + "\""));
        assertThat(next.statusCode()).as(next.body()).isEqualTo(200);
        assertThat(asked("/assistant/stream").getLast().body())
                .contains("\"conversation_id\":\"" + CONVERSATION + "\"");
        assertThat(asked("/conversation/delete")).isEmpty();
    }

    @Test
    void anUnknownConversationIsRefused() {
        var answer = gateway.chat(ask(false, ",\"conversation_id\":\"000000000000000000000000\""));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/error/param").asText()).isEqualTo("conversation_id");
        assertThat(asked("/assistant/stream")).isEmpty();
    }

    @Test
    void aKeptConversationGoesOnInEveryReplica() {
        gateway.chat(ask(true, ",\"conversation_id\":\"\""));
        try (var other = gateway(Map.of("DATABASE_URL", gateway.database().url().reveal()))) {
            var next = other.chat(ask(false, ",\"conversation_id\":\"" + CONVERSATION + "\""));
            assertThat(next.statusCode()).as(next.body()).isEqualTo(200);
        }
    }

    @Test
    void aConversationOfAnotherKeyOrModelIsRefused() {
        gateway.chat(ask(true, ",\"conversation_id\":\"\""));
        String body = ask(false, ",\"conversation_id\":\"" + CONVERSATION + "\"");
        var key = gateway.bean(KeyRegister.class)
                .create(KeySettings.unlimited("another"))
                .plain()
                .reveal();
        var another = gateway.post("/v1/chat/completions", body, "authorization", "Bearer " + key);
        assertThat(another.statusCode()).isEqualTo(400);
        assertThat(json(another).at("/error/message").asText()).contains("no such conversation of this key");
        var drawing = gateway.chat(body.replace("\"glm\"", "\"drawing\""));
        assertThat(drawing.statusCode()).isEqualTo(400);
        assertThat(json(drawing).at("/error/message").asText()).contains("another model");
        assertThat(asked("/assistant/stream")).hasSize(1);
    }

    @Test
    void onlyCallsWithAConversationAskTheDatabaseForIt() {
        var jdbc = gateway.database().jdbc();
        jdbc.sql("alter table conversation rename to conversation_gone").update();
        try {
            assertThat(gateway.chat(ask(false, "")).statusCode()).isEqualTo(200);
            var unkept = gateway.chat(ask(false, ",\"conversation_id\":\"\""));
            assertThat(unkept.statusCode()).as(unkept.body()).isEqualTo(200);
            assertThat(unkept.headers().firstValue("x-gateway-conversation")).isEmpty();
            var named = gateway.chat(ask(false, ",\"conversation_id\":\"" + CONVERSATION + "\""));
            assertThat(named.statusCode()).isEqualTo(503);
            assertThat(named.headers().firstValue("retry-after")).contains("2");
        } finally {
            jdbc.sql("alter table conversation_gone rename to conversation").update();
        }
    }

    @Test
    void anAttemptThatFailsLeavesNoConversation() {
        turns((request, wire) -> events(
                wire,
                "data: {\"id\":\"h1\",\"conversation_id\":\"" + CONVERSATION
                        + "\",\"parts\":[],\"status\":\"error\",\"last_error\":{\"error_code\":10024}}\n\n"));
        var failed = gateway.chat(ask(true, ",\"conversation_id\":\"\""));
        assertThat(failed.statusCode()).as(failed.body()).isGreaterThanOrEqualTo(500);
        assertThat(failed.headers().firstValue("x-gateway-conversation")).isEmpty();
        await().untilAsserted(() -> assertThat(asked("/conversation/delete")).isNotEmpty());
        script();
        var next = gateway.chat(ask(false, ""));
        assertThat(next.statusCode()).as(next.body()).isEqualTo(200);
    }

    @Test
    void healthAndRenewalsOfThePoolAreMetrics() {
        assertThat(gateway.bean(AccountChecks.class).check("CHATGLM_1").live()).isTrue();
        var metrics = gateway.bean(MeterRegistry.class);
        String[] pool = {"gen_ai.provider.name", "chatglm-web"};
        assertThat(metrics.get("serai.accounts")
                        .tags(pool)
                        .tag("health", "healthy")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(metrics.get("serai.accounts")
                        .tags(pool)
                        .tag("health", "dead")
                        .gauge()
                        .value())
                .isZero();
        assertThat(metrics.get("serai.account.renewals")
                        .tags(pool)
                        .tag("outcome", "granted")
                        .counter()
                        .count())
                .isPositive();
    }

    @Test
    void aPictureIsGivenToTheServiceFirst() {
        var answer = gateway.chat("{\"model\":\"glm\",\"messages\":[{\"role\":\"user\",\"content\":["
                + "{\"type\":\"text\",\"text\":\"Look\"},{\"type\":\"image_url\",\"image_url\":"
                + "{\"url\":\"data:image/png;base64,iVBORw0KGgo=\"}}]}]}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(asked("/file_upload")).hasSize(1);
        assertThat(asked("/assistant/stream").getLast().body())
                .contains("\"type\":\"image\",\"image\":[{\"file_id\":\"f1\"")
                .contains("\"image_url\":\"https://x.example/f1\"");
    }

    @Test
    void aPictureOfTheInsideIsNeverFetched() {
        var answer = gateway.chat("{\"model\":\"glm\",\"messages\":[{\"role\":\"user\",\"content\":["
                + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"http://169.254.169.254/latest/meta-data\"}}]}]}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(json(answer).at("/error/message").asText()).contains("not public");
    }

    @Test
    void aDeadAccountIsToldAs503() {
        turns((request, wire) -> json(wire, "{\"status\":40103,\"message\":\"login\",\"result\":null}"));
        var fresh = gateway.chat(ask(false, ""));
        assertThat(fresh.statusCode()).as(fresh.body()).isEqualTo(503);
        await().until(() -> {
            turns((request, wire) -> events(wire, file("delta")));
            return gateway.chat(ask(false, "")).statusCode() == 200;
        });
    }
}
