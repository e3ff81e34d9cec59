package dev.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.secret.Sealer;
import dev.serai.testkit.FakeUpstream;
import dev.serai.testkit.Gateway;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** HelloGML's client of {@code /admin/token}, with every request and answer of its documents. */
class AccountAdminProof {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Boolean> LIVE = new ConcurrentHashMap<>();
    private static final FakeUpstream SITE = new FakeUpstream().now(AccountAdminProof::refresh);
    private static final Gateway GATEWAY = Gateway.start(Map.of(
            "SEAL_KEYSET",
            Sealer.newKeyset(),
            "serai.accounts.health-interval",
            "1s",
            "serai.chatglm-web.base-url",
            SITE.url()));

    /** Takes refresh tokens that are in {@link #LIVE} as true. */
    private static void refresh(FakeUpstream.Received request, FakeUpstream.Wire wire) throws IOException {
        String token = request.header("authorization").substring("Bearer ".length());
        String told = LIVE.getOrDefault(token, false)
                ? "{\"status\":0,\"message\":\"success\",\"result\":{\"access_token\":\"access-token\"}}"
                : "{\"status\":40102,\"message\":\"40102: refresh token expired\",\"result\":null}";
        wire.send("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: " + told.length() + "\r\n\r\n"
                + told);
    }

    private record Told(int status, JsonNode body) {}

    @AfterAll
    static void close() {
        GATEWAY.close();
        SITE.close();
    }

    @BeforeEach
    void fresh() {
        GATEWAY.database().jdbc().sql("delete from account").update();
        GATEWAY.database().jdbc().sql("delete from admin_audit").update();
        LIVE.clear();
    }

    private static Told call(String method, String path, String body) {
        return call(method, path, body, Gateway.ADMIN_KEY);
    }

    private static Told call(String method, String path, String body, String key) {
        var answer =
                Gateway.send(GATEWAY.request(path, "authorization", "Bearer " + key, "content-type", "application/json")
                        .method(
                                method,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body))
                        .build());
        try {
            return new Told(answer.statusCode(), JSON.readTree(answer.body()));
        } catch (IOException e) {
            throw new AssertionError(answer.body(), e);
        }
    }

    private static String secret(String name) {
        return "eyJhbGciOiJ.refresh-token-of-" + name + ".signature-of-it";
    }

    private static String add(String name) {
        var added = call("POST", "/admin/token", "{\"refresh_token\":\"" + secret(name) + "\"}");
        assertThat(added.status()).as("%s", added.body()).isEqualTo(200);
        assertThat(added.body().path("success").asBoolean()).isTrue();
        assertThat(added.body().path("message").asText()).isEqualTo("Token added to pool");
        return added.body().path("id").asText();
    }

    private static JsonNode list() {
        return call("GET", "/admin/token", "").body().path("tokens");
    }

    @Test
    void tokensComeAndGoAsHelloGmlsDocumentsSay() {
        String id = add("a");
        assertThat(id).matches("tk_[0-9]{13}_[0-9a-z]{6}");
        assertThat(add("a")).as("the same token again").isEqualTo(id);
        assertThat(list()).hasSize(1);
        var token = list().path(0);
        assertThat(token.path("id").asText()).isEqualTo(id);
        assertThat(token.path("token_preview").asText()).isEqualTo("eyJh…f-it");
        assertThat(token.path("health").asText()).isEqualTo("healthy");
        assertThat(token.toString()).doesNotContain("refresh-token-of");
        for (int i = 0; i < 2; i++) {
            var dropped = call("DELETE", "/admin/token", "{\"id\":\"" + id + "\"}");
            assertThat(dropped.status()).isEqualTo(200);
            assertThat(dropped.body().toString())
                    .isEqualTo("{\"success\":true,\"message\":\"Token removed from pool\"}");
        }
        assertThat(list()).isEmpty();
    }

    @Test
    void manyTokensAreAddedAtOnceOrNone() {
        var added =
                call("POST", "/admin/token", "{\"refresh_tokens\":[\"" + secret("a") + "\",\"" + secret("b") + "\"]}");
        assertThat(added.status()).isEqualTo(200);
        assertThat(added.body().path("ids")).hasSize(2);
        assertThat(list()).hasSize(2);
        var refused = call("POST", "/admin/token", "{\"refresh_tokens\":[\"" + secret("c") + "\",\" \"]}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(list()).hasSize(2);
    }

    @Test
    void aCheckTellsWhetherATokenWorks() {
        String id = add("a");
        var dead = call("POST", "/admin/token/check", "{\"id\":\"" + id + "\"}");
        assertThat(dead.status()).isEqualTo(200);
        assertThat(dead.body().toString())
                .isEqualTo("{\"id\":\"" + id + "\",\"live\":false,\"reason\":\"The refresh token has expired.\"}");
        assertThat(list().path(0).path("health").asText()).isEqualTo("dead");
        LIVE.put(secret("a"), true);
        assertThat(call("POST", "/admin/token/check", "{\"id\":\"" + id + "\"}")
                        .body()
                        .toString())
                .isEqualTo("{\"id\":\"" + id + "\",\"live\":true}");
        assertThat(list().path(0).path("health").asText()).isEqualTo("healthy");
        assertThat(call("POST", "/admin/token/check", "{\"id\":\"tk_0_nobody\"}")
                        .body()
                        .toString())
                .isEqualTo("{\"code\":-1,\"message\":\"Token not found\",\"data\":null}");
    }

    @Test
    void callersMayAskWhetherThePoolIsLive() {
        assertThat(call("POST", "/token/check", "", Gateway.KEY).body().toString())
                .isEqualTo("{\"live\":false}");
        LIVE.put(secret("a"), true);
        add("a");
        await().atMost(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(call("POST", "/token/check", "", Gateway.KEY)
                                .body()
                                .toString())
                        .isEqualTo("{\"live\":true}"));
        assertThat(call("POST", "/token/check", "", "nobody-s-key").status()).isEqualTo(401);
    }

    @Test
    void aDeadAccountThatWorksAgainIsBackWithinAnInterval() {
        String id = add("a");
        call("POST", "/admin/token/check", "{\"id\":\"" + id + "\"}");
        assertThat(list().path(0).path("health").asText()).isEqualTo("dead");
        LIVE.put(secret("a"), true);
        await().atMost(Duration.ofSeconds(2))
                .untilAsserted(
                        () -> assertThat(list().path(0).path("health").asText()).isEqualTo("healthy"));
    }

    @Test
    void whatCannotBeReadIsRefusedInHelloGmlsWords() {
        for (String path : new String[] {"/admin/token", "/admin/token/check"}) {
            var missing = call("POST", path, "{}");
            assertThat(missing.status()).isEqualTo(400);
            assertThat(missing.body().path("code").asInt()).isEqualTo(-1);
            assertThat(missing.body().path("message").asText()).startsWith("Missing ");
        }
        assertThat(call("DELETE", "/admin/token", "{}").body().path("message").asText())
                .isEqualTo("Missing id");
        assertThat(call("POST", "/admin/token", "{\"refresh_token\":5}").status())
                .isEqualTo(400);
        assertThat(call("POST", "/admin/token", "{\"refresh_token\":\"abc\",\"id\":\"é\"}")
                        .status())
                .isEqualTo(400);
        assertThat(call("POST", "/admin/token", "{\"refresh_token\":\"abc\",\"provider\":\"openai\"}")
                        .status())
                .isEqualTo(422);
        call("POST", "/admin/token", "{\"refresh_token\":\"" + secret("a") + "\",\"id\":\"one\"}");
        assertThat(call("POST", "/admin/token", "{\"refresh_token\":\"" + secret("a") + "\",\"id\":\"two\"}")
                        .status())
                .isEqualTo(409);
        assertThat(call("GET", "/admin/token", "", Gateway.KEY).status()).isEqualTo(401);
    }

    @Test
    void everyChangeLeavesATraceWithoutTheToken() {
        String id = add("a");
        call("DELETE", "/admin/token", "{\"id\":\"" + id + "\"}");
        var audit = call("GET", "/admin/audit", "").body();
        assertThat(audit.path("entries").findValuesAsText("action")).containsExactly("account.delete", "account.add");
        assertThat(audit.toString()).contains(id).doesNotContain("refresh-token-of");
    }
}
