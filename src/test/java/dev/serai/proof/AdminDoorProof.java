package dev.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testkit.Gateway;
import dev.serai.testkit.RawClient;
import dev.serai.testkit.TestClock;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.model.Model;
import org.apache.camel.model.rest.VerbDefinition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Operators come in through their door and callers through theirs, each with their own key. */
class AdminDoorProof {

    private static final TestClock CLOCK = new TestClock();
    private static final Gateway GATEWAY = Gateway.start(Map.of(), Clocks.class);
    private static final String ID = "00000000-0000-4000-8000-000000000000";

    @Configuration(proxyBeanMethods = false)
    static class Clocks {

        @Bean
        @Primary
        TestClock testClock() {
            return CLOCK;
        }
    }

    /** One call of the admin API. */
    private record Operation(String method, String path) {

        static Operation of(String verb, String path) {
            return new Operation(verb.toUpperCase(Locale.ROOT), path.replaceAll("\\{\\w+}", ID));
        }
    }

    @AfterAll
    static void close() {
        GATEWAY.close();
    }

    @BeforeEach
    void theSlateIsClean() {
        CLOCK.pass(Duration.ofHours(4));
    }

    private static List<Operation> operations() {
        var operations = new ArrayList<Operation>();
        var camel = GATEWAY.bean(CamelContext.class);
        var model = camel.getCamelContextExtension().getContextPlugin(Model.class);
        for (var rest : model.getRestDefinitions()) {
            for (VerbDefinition verb : rest.getVerbs()) {
                String path = rest.getPath() + (verb.getPath() == null ? "" : verb.getPath());
                operations.add(Operation.of(verb.asVerb(), path));
            }
        }
        for (var endpoint : camel.getEndpoints()) {
            if (endpoint instanceof PlatformHttpEndpoint served) {
                assertThat(served.getHttpMethodRestrict()).isNotBlank();
                for (String method : served.getHttpMethodRestrict().split(",")) {
                    operations.add(Operation.of(method.trim(), served.getPath()));
                }
            }
        }
        operations.removeIf(operation -> !operation.path().startsWith("/admin"));
        assertThat(operations)
                .contains(new Operation("GET", "/admin/stats"), new Operation("GET", "/admin/usage.csv"))
                .hasSizeGreaterThan(15);
        return operations;
    }

    private static HttpResponse<String> call(Operation operation, String... headers) {
        return Gateway.send(GATEWAY.request(operation.path(), headers)
                .method(operation.method(), HttpRequest.BodyPublishers.noBody())
                .build());
    }

    @Test
    void everyAdminPathTakesTheAdminKeyAloneAndOnlyInItsHeaders() {
        for (var operation : operations()) {
            assertThat(call(operation).statusCode()).as("%s without", operation).isEqualTo(401);
            assertThat(call(operation, "authorization", "Bearer " + Gateway.KEY).statusCode())
                    .as("%s with a caller's key", operation)
                    .isEqualTo(401);
            assertThat(call(operation, "x-admin-key", Gateway.KEY).statusCode())
                    .as("%s with a caller's key as the operator's", operation)
                    .isEqualTo(401);
            for (String elsewhere : List.of("x-api-key", "x-goog-api-key", "authorization")) {
                assertThat(call(operation, elsewhere, Gateway.ADMIN_KEY).statusCode())
                        .as("%s with the admin key as %s", operation, elsewhere)
                        .isEqualTo(401);
            }
            for (String parameter : List.of("key", "api_key", "admin_key", "x-admin-key")) {
                var inUrl =
                        new Operation(operation.method(), operation.path() + "?" + parameter + "=" + Gateway.ADMIN_KEY);
                assertThat(call(inUrl).statusCode()).as("%s", inUrl).isEqualTo(401);
            }
            assertThat(call(operation, "x-admin-key", Gateway.ADMIN_KEY).statusCode())
                    .as("%s with X-Admin-Key", operation)
                    .isNotIn(401, 403, 429, 500);
            assertThat(call(operation, "authorization", "bearer " + Gateway.ADMIN_KEY)
                            .statusCode())
                    .as("%s with Bearer", operation)
                    .isNotIn(401, 403, 429, 500);
        }
    }

    @Test
    void theAdminKeyOpensNoPathOfCallers() {
        for (String header : List.of("authorization", "x-api-key", "x-goog-api-key")) {
            String value = header.equals("authorization") ? "Bearer " + Gateway.ADMIN_KEY : Gateway.ADMIN_KEY;
            assertThat(GATEWAY.get("/v1/models", header, value).statusCode()).isEqualTo(401);
            assertThat(GATEWAY.post("/v1/chat/completions", "{}", header, value).statusCode())
                    .isEqualTo(401);
            assertThat(GATEWAY.post("/v1/messages", "{}", header, value).statusCode())
                    .isEqualTo(401);
            assertThat(GATEWAY.post("/v1beta/models/demo:generateContent", "{}", header, value)
                            .statusCode())
                    .isEqualTo(401);
        }
        assertThat(GATEWAY.get("/v1/models", "x-admin-key", Gateway.ADMIN_KEY).statusCode())
                .isEqualTo(401);
    }

    @Test
    void noSpellingOfAPathLeadsAroundTheDoor() {
        for (String path : List.of(
                "/admin/api-keys/",
                "/ADMIN/api-keys",
                "/Admin/Api-Keys",
                "//admin/api-keys",
                "/admin//api-keys",
                "/admin/./api-keys",
                "/x/../admin/api-keys",
                "/admin;a=b/api-keys",
                "/admin/api-keys;a=b",
                "/%61dmin/api-keys",
                "/admin%2Fapi-keys",
                "/admin/api-keys%00",
                "/admin/api-keys%2f",
                "/admin\\api-keys",
                "/v1/../admin/api-keys",
                "/v1/models/..%2f..%2fadmin/api-keys",
                "/admin/api-keys/key/" + Gateway.KEY)) {
            try (var client = new RawClient(GATEWAY.port())) {
                String answer = client.send("GET " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                                + Gateway.KEY + "\r\nConnection: close\r\n\r\n")
                        .readAll();
                CLOCK.pass(Duration.ofMinutes(2));
                assertThat(answer)
                        .as(path)
                        .matches("(?s)HTTP/1\\.1 (400|401|404) .*")
                        .doesNotContain("\"keys\"");
            }
        }
    }

    @Test
    void twoCredentialsAreRefused() {
        assertThat(GATEWAY.get(
                                "/admin/api-keys",
                                "authorization",
                                "Bearer " + Gateway.ADMIN_KEY,
                                "x-admin-key",
                                "another")
                        .statusCode())
                .isEqualTo(400);
        assertThat(GATEWAY.get("/admin/api-keys", "x-admin-key", Gateway.ADMIN_KEY, "x-admin-key", Gateway.ADMIN_KEY)
                        .statusCode())
                .isEqualTo(400);
        assertThat(GATEWAY.get(
                                "/admin/api-keys",
                                "authorization",
                                "Bearer " + Gateway.ADMIN_KEY,
                                "x-admin-key",
                                Gateway.ADMIN_KEY)
                        .statusCode())
                .as("the same twice")
                .isEqualTo(200);
    }

    @Test
    void whoGuessesWaitsLongerAndLongerAndTheRightKeyWorksAfterTheWait() {
        for (int i = 0; i < 5; i++) {
            assertThat(guess().statusCode()).as("wrong try %d", i).isEqualTo(401);
        }
        assertThat(guess().statusCode()).isEqualTo(429);
        var right = GATEWAY.get("/admin/api-keys", "x-admin-key", Gateway.ADMIN_KEY);
        assertThat(right.statusCode()).isEqualTo(429);
        assertThat(right.headers().firstValue("retry-after")).hasValue("60");
        CLOCK.pass(Duration.ofSeconds(60));
        assertThat(guess().statusCode()).as("one try after the wait").isEqualTo(401);
        assertThat(guess().headers().firstValue("retry-after")).hasValue("120");
        CLOCK.pass(Duration.ofSeconds(120));
        assertThat(GATEWAY.get("/admin/api-keys", "x-admin-key", Gateway.ADMIN_KEY)
                        .statusCode())
                .isEqualTo(200);
        assertThat(guess().statusCode()).as("a clean slate").isEqualTo(401);
    }

    private static HttpResponse<String> guess() {
        return GATEWAY.get("/admin/api-keys", "authorization", "Bearer guess");
    }

    @Test
    void answersAreKeptNowhereAndOpenToNoOtherSite() {
        var answer =
                GATEWAY.get("/admin/api-keys", "x-admin-key", Gateway.ADMIN_KEY, "origin", "https://elsewhere.example");
        assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
        assertThat(answer.headers().firstValue("access-control-allow-origin")).isEmpty();
        var refused = GATEWAY.get("/admin/api-keys", "origin", "https://elsewhere.example");
        assertThat(refused.headers().firstValue("cache-control")).hasValue("no-store");
        assertThat(refused.headers().firstValue("access-control-allow-origin")).isEmpty();
        var preflight = Gateway.send(GATEWAY.request(
                        "/admin/api-keys",
                        "origin",
                        "https://elsewhere.example",
                        "access-control-request-method",
                        "POST",
                        "access-control-request-headers",
                        "x-admin-key")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .build());
        assertThat(preflight.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control-"));
    }

    @Test
    void errorsAreTheAdminApisOwn() {
        assertThat(GATEWAY.get("/admin/api-keys").body()).isEqualTo("{\"message\":\"Invalid admin credentials\"}");
        assertThat(GATEWAY.get("/admin/nothing", "x-admin-key", Gateway.ADMIN_KEY)
                        .body())
                .isEqualTo("{\"message\":\"There is nothing at this path.\"}");
        assertThat(GATEWAY.get("/admin/apikey").body())
                .isEqualTo("{\"code\":-1,\"message\":\"Invalid admin credentials\",\"data\":null}");
        var wrongMethod = Gateway.send(GATEWAY.request("/admin/api-keys", "x-admin-key", Gateway.ADMIN_KEY)
                .DELETE()
                .build());
        assertThat(wrongMethod.statusCode()).isEqualTo(405);
        assertThat(wrongMethod.headers().firstValue("allow")).hasValue("GET, HEAD, OPTIONS, POST");
    }
}
