package dev.serai.proof;

import static dev.serai.testkit.RoutesYaml.entry;
import static dev.serai.testkit.RoutesYaml.provider;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.inbound.BodyBudget;
import dev.serai.testkit.FakeUpstream;
import dev.serai.testkit.Gateway;
import dev.serai.testkit.KeptConnection;
import dev.serai.testkit.RawClient;
import dev.serai.testkit.Scripts;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must be true before a route sees a request. */
class DoorProof {

    private static final String BODY = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    private final FakeUpstream upstream = new FakeUpstream().then(Scripts.says("hello"));
    private final Gateway gateway =
            Gateway.shared().configure(entry("m", provider("openai", upstream, "OPENAI_KEY_1")));

    @AfterEach
    void close() {
        upstream.close();
    }

    @Test
    void aBodyDeclaredTooLargeIsRefusedBeforeItIsSent() {
        try (var client = new RawClient(gateway.port())) {
            String answer = client.send(
                            "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + Gateway.KEY
                                    + "\r\nExpect: 100-continue\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n\r\n")
                    .readUntil("request_too_large");
            assertThat(answer)
                    .startsWith("HTTP/1.1 413")
                    .contains("The request body exceeds 32 MiB.")
                    .doesNotContain("100 Continue");
        }
    }

    @Test
    void aBodyThatGrowsTooLargeIsRefusedWhileItComesAndItsMemoryIsGivenBack() {
        long free = gateway.bean(BodyBudget.class).free();
        try (var client = new RawClient(gateway.port())) {
            client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + Gateway.KEY
                    + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
            String chunk = "100000\r\n" + "x".repeat(0x100000) + "\r\n";
            try {
                for (int i = 0; i < 40; i++) {
                    client.send(chunk);
                }
            } catch (java.io.UncheckedIOException refused) {
                // the gateway stops reading at its limit
            }
            assertThat(client.readAll()).contains("413").contains("request_too_large");
        }
        Awaitility.await().until(() -> gateway.bean(BodyBudget.class).free() == free);
        assertThat(upstream.journal()).isEmpty();
    }

    @Test
    void authenticationComesBeforeTheBody() {
        try (var client = new RawClient(gateway.port())) {
            String answer = client.send(
                            "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer wrong\r\n"
                                    + "Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n")
                    .readUntil("invalid_api_key");
            assertThat(answer).startsWith("HTTP/1.1 401");
        }
    }

    static Stream<String> smuggling() {
        String post = "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\n";
        return Stream.of(
                post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                post + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
                post + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
                post + "Content-Length: 4, 5\r\n\r\nabcde",
                post + "Content-Length: -1\r\n\r\n",
                post + "Content-Length: 1x\r\n\r\na",
                post + "Content-Length : 4\r\n\r\nabcd",
                post + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                "POST /v1/chat/completions HTTP/1.1\r\n\r\n",
                "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nHost: y\r\nContent-Length: 0\r\n\r\n",
                "GET /v1/mod els HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /v1/models HTTP/9.9\r\nHost: x\r\n\r\n",
                "GET http://evil/v1/models HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: x\r\nX-Y: a\u0000b\r\n\r\n",
                post + "Transfer-Encoding: identity, chunked, chunked\r\n\r\n0\r\n\r\n");
    }

    @ParameterizedTest
    @MethodSource("smuggling")
    void aRequestThatCanBeReadInTwoWaysIsRefusedAndTheConnectionClosed(String request) {
        try (var client = new RawClient(gateway.port())) {
            String answer = client.send(request).readAll();
            assertThat(answer).as(request).matches("(?s)HTTP/1\\.1 (400|505|501) .*");
            assertThat(answer.split("HTTP/1\\.1 \\d", -1))
                    .as("answers to %s", request)
                    .hasSize(2);
        }
    }

    @Test
    void aHeadThatComesTooSlowlyIsCut() {
        try (var slow = Gateway.start(java.util.Map.of("serai.door.header-deadline", "1s"));
                var client = new RawClient(slow.port())) {
            client.send("GET /health HTTP/1.1\r\nX-A: ");
            long start = System.nanoTime();
            Awaitility.await().atMost(java.time.Duration.ofSeconds(20)).until(() -> {
                try {
                    client.send("a");
                    client.send("b");
                    return false;
                } catch (java.io.UncheckedIOException closed) {
                    return true;
                }
            });
            assertThat(System.nanoTime() - start).isPositive();
        }
    }

    @Test
    void aSecondCredentialIsRefusedWhereverItHides() {
        String bearer = "Bearer " + Gateway.KEY;
        for (var headers : List.of(
                List.of("authorization", bearer, "x-api-key", "other"),
                List.of("authorization", bearer, "x-goog-api-key", "other"),
                List.of("x-api-key", Gateway.KEY, "x-goog-api-key", "other"),
                List.of("authorization", bearer, "authorization", "Bearer other"))) {
            assertThat(gateway.post("/v1/chat/completions", BODY, headers.toArray(String[]::new))
                            .statusCode())
                    .as(headers.toString())
                    .isEqualTo(400);
        }
        for (String query : List.of("?key=other", "?api_key=other", "?api_key=a&api_key=b", "?key=%6fther")) {
            assertThat(gateway.post("/v1/chat/completions" + query, BODY, "authorization", bearer)
                            .statusCode())
                    .as(query)
                    .isEqualTo(400);
        }
        assertThat(upstream.journal()).isEmpty();
    }

    @Test
    void everyFormOfTheCredentialIsTaken() {
        for (var headers : List.of(
                List.of("authorization", "Bearer " + Gateway.KEY),
                List.of("authorization", "bearer " + Gateway.KEY),
                List.of("authorization", Gateway.KEY),
                List.of("x-api-key", Gateway.KEY),
                List.of("x-goog-api-key", Gateway.KEY),
                List.of("authorization", "Bearer " + Gateway.KEY, "x-api-key", Gateway.KEY),
                List.of("authorization", "Bearer wrong-one," + Gateway.KEY))) {
            assertThat(gateway.get("/v1/models", headers.toArray(String[]::new)).statusCode())
                    .as(headers.toString())
                    .isEqualTo(200);
        }
        assertThat(gateway.get("/v1/models?key=" + Gateway.KEY).statusCode()).isEqualTo(200);
        assertThat(gateway.get("/v1/models?api_key=" + Gateway.KEY).statusCode())
                .isEqualTo(200);
        assertThat(gateway.get("/v1/models").statusCode()).isEqualTo(401);
        assertThat(gateway.post("/v1/chat/completions", "authorization=" + Gateway.KEY)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void nothingOfTheCallerGoesUpstreamButTheBody() {
        gateway.post(
                "/v1/chat/completions?CamelHttpUri=http://127.0.0.1:1/&x=y",
                BODY,
                "authorization",
                "Bearer " + Gateway.KEY,
                "CamelHttpUri",
                "http://127.0.0.1:1/",
                "CamelHttpPath",
                "/evil",
                "CamelHttpQuery",
                "a=b",
                "CamelRestHttpUri",
                "{{env:PATH}}",
                "x-stainless-lang",
                "java",
                "openai-organization",
                "org",
                "cookie",
                "a=b",
                "x-forwarded-for",
                "1.2.3.4");
        var request = upstream.journal().getFirst();
        assertThat(request.path()).isEqualTo("/v1/chat/completions");
        assertThat(request.headers().keySet())
                .containsOnly(
                        "authorization",
                        "content-type",
                        "accept",
                        "content-length",
                        "host",
                        "connection",
                        "user-agent");
        assertThat(request.header("authorization")).isEqualTo("Bearer upstream-secret-1");
    }

    @Test
    void expressionsInEveryFieldStayText() {
        String hostile = "{{env:PATH}} ${env.PATH} #{systemProperties} ${jndi:ldap://127.0.0.1/}";
        String body = "{\"model\":\"m\",\"user\":\"" + hostile
                + "\",\"messages\":[{\"role\":\"user\",\"name\":\"n\",\"content\":\"" + hostile
                + "\"}],\"metadata\":{\"" + hostile.substring(0, 12) + "\":\"" + hostile + "\"}}";
        assertThat(gateway.chat(body).statusCode()).isEqualTo(200);
        assertThat(upstream.journal().getFirst().body()).contains(hostile).doesNotContain("/usr/bin");
        assertThat(gateway.chat(body.replace("\"m\"", "\"" + hostile + "\"")).statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{",
                "{\"model\":\"m\"}",
                "{\"model\":1,\"messages\":[]}",
                "{\"model\":\"m\",\"messages\":[]}",
                "{\"model\":\"m\",\"messages\":\"hi\"}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stream\":\"yes\"}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]} trailing"
            })
    void badInputGetsAClearErrorAndCostsNothing(String body) {
        var answer = gateway.chat(body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("invalid_request_error")
                .doesNotContain("Exception", "dev.serai", "com.fasterxml");
        assertThat(upstream.journal()).isEmpty();
    }

    @Test
    void unknownPathsAndMethodsAreToldAsJson() {
        assertThat(gateway.get("/nothing").statusCode()).isEqualTo(404);
        assertThat(gateway.get("/nothing").body()).contains("\"error\"");
        var answer = gateway.get("/v1/chat/completions");
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("allow")).hasValue("OPTIONS, POST");
        assertThat(answer.headers().firstValue("x-request-id")).isPresent();
        assertThat(gateway.post(
                                "/v1/chat/completions",
                                BODY,
                                "authorization",
                                "Bearer " + Gateway.KEY,
                                "content-encoding",
                                "gzip")
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void aPreflightIsAnswered() {
        var answer = Gateway.send(gateway.request(
                        "/v1/chat/completions",
                        "access-control-request-method",
                        "POST",
                        "access-control-request-headers",
                        "authorization, content-type")
                .header("origin", "https://app.example")
                .method("OPTIONS", java.net.http.HttpRequest.BodyPublishers.noBody())
                .build());
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("access-control-allow-origin")).hasValue("*");
        assertThat(answer.headers().firstValue("access-control-allow-headers")).hasValue("authorization, content-type");
        assertThat(answer.headers().firstValue("access-control-allow-credentials"))
                .isEmpty();
    }

    @Test
    void modelNamesMayHoldSlashes() {
        gateway.configure(entry("team/a b/model", provider("openai", upstream, "OPENAI_KEY_1")));
        for (String path :
                List.of("/v1/models/team/a%20b/model", "/v1/models/team%2Fa%20b%2Fmodel", "/models/team/a%20b/model")) {
            assertThat(gateway.get(path, "authorization", Gateway.KEY).body())
                    .as(path)
                    .contains("\"id\":\"team/a b/model\"");
        }
        assertThat(gateway.get("/v1/models/none", "authorization", Gateway.KEY).statusCode())
                .isEqualTo(404);
    }

    @Test
    void healthIsOpenAndSaysNothingElse() {
        assertThat(gateway.get("/health").body()).contains("\"status\":\"ok\"", "\"timestamp\"");
        assertThat(gateway.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(gateway.get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(gateway.get("/ping").body()).isEqualTo("pong");
    }

    @Test
    void onlyHostsOfTheListAreServedButHealthIsUnderAny() throws IOException {
        try (var choosy = Gateway.start(Map.of("ALLOWED_HOSTS", "serai.example, serai.example:8080"));
                var client = new KeptConnection(choosy.port())) {
            for (String served : List.of("serai.example", "serai.example:8080")) {
                assertThat(client.send(get("/v1/models", served)).status()).isEqualTo(200);
            }
            for (String path : List.of("/v1/models", "/admin/api-keys", "/ping", "/health/../v1/models")) {
                assertThat(client.send(get(path, "rebound.example")).status())
                        .as(path)
                        .isIn(400, 404);
            }
            assertThat(client.send(get("/v1/models", "rebound.example")).body())
                    .contains("This host is not served here.");
            for (String path : List.of("/health", "/health/live", "/health/ready")) {
                assertThat(client.send(get(path, "10.0.0.7:3000")).status())
                        .as(path)
                        .isEqualTo(200);
            }
        }
    }

    private static String get(String path, String host) {
        return "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: Bearer " + Gateway.KEY + "\r\n\r\n";
    }
}
