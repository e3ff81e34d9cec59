package dev.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.testkit.Gateway;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client of glm-proxy's admin API and one of HelloGML's, with every request and answer that their documents show. */
class AdminApiProof {

    private static final Gateway GATEWAY = Gateway.start(Map.of());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CHAT = "{\"model\":\"demo\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final List<String> RECORD = List.of(
            "id",
            "key",
            "name",
            "model",
            "models",
            "tokenLimitPerDay",
            "tokenLimitPer5h",
            "requestsPerMinute",
            "tokensPerMinute",
            "maxConcurrentStreams",
            "spendLimitPerDay",
            "spendCurrency",
            "expiryDate",
            "enabled",
            "createdAt",
            "updatedAt",
            "lastUsed",
            "totalLifetimeTokens",
            "previousKeyValidUntil");

    /** A status and a JSON body. */
    private record Told(int status, JsonNode body) {}

    @AfterAll
    static void close() {
        GATEWAY.close();
    }

    @BeforeEach
    void fresh() {
        GATEWAY.configure("{\"demo\":{\"providers\":[{\"provider\":\"simulator\",\"model\":\"demo\"}]},"
                + "\"glm-4.7\":{\"providers\":[{\"provider\":\"simulator\",\"model\":\"demo\"}]}}");
        GATEWAY.database().jdbc().sql("delete from api_key").update();
        GATEWAY.database().jdbc().sql("delete from admin_audit").update();
    }

    private static Told call(String method, String path, String body) {
        var publisher =
                body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        return told(Gateway.send(GATEWAY.request(
                        path, "authorization", "Bearer " + Gateway.ADMIN_KEY, "content-type", "application/json")
                .method(method, publisher)
                .build()));
    }

    private static Told told(HttpResponse<String> answer) {
        try {
            return new Told(answer.statusCode(), JSON.readTree(answer.body()));
        } catch (IOException e) {
            throw new AssertionError(answer.body(), e);
        }
    }

    private static JsonNode created(String body) {
        var made = call("POST", "/admin/api-keys", body);
        assertThat(made.status()).as("%s", made.body()).isEqualTo(201);
        return made.body();
    }

    private static int chat(String key) {
        return GATEWAY.post("/v1/chat/completions", CHAT, "authorization", "Bearer " + key)
                .statusCode();
    }

    private static List<String> names(JsonNode object) {
        var names = new java.util.ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void aKeyAsGlmProxyDocumentsItLivesItsWholeLife() {
        var key = created("""
                {"name":"Customer A","model":"glm-4.7","tokenLimitPerDay":100000,"expiryDate":"2030-12-31T23:59:59Z"}""");
        String plain = key.path("key").asText();
        String id = key.path("id").asText();
        assertThat(names(key)).isEqualTo(RECORD);
        assertThat(plain).matches("pk_[0-9A-Za-z]{46}");
        assertThat(key.path("tokenLimitPerDay").asLong()).isEqualTo(100_000);
        assertThat(key.path("expiryDate").asText()).isEqualTo("2030-12-31T23:59:59Z");
        assertThat(key.path("totalLifetimeTokens").asLong()).isZero();
        assertThat(chat(plain)).isEqualTo(200);

        var got = call("GET", "/admin/api-keys/" + id, "");
        assertThat(got.status()).isEqualTo(200);
        assertThat(names(got.body())).isEqualTo(RECORD);
        assertThat(got.body().path("key").asText()).isNotEqualTo(plain).contains("…");
        assertThat(call("GET", "/admin/api-keys/key/" + plain, "")
                        .body()
                        .path("id")
                        .asText())
                .isEqualTo(id);

        var changed = call("PUT", "/admin/api-keys/" + id, "{\"name\":\"Renamed\",\"tokenLimitPerDay\":null}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.body().path("name").asText()).isEqualTo("Renamed");
        assertThat(changed.body().path("tokenLimitPerDay").isNull()).isTrue();
        assertThat(changed.body().path("model").asText()).isEqualTo("glm-4.7");

        var fresh = call("POST", "/admin/api-keys/" + id + "/regenerate", "");
        assertThat(fresh.status()).isEqualTo(200);
        String second = fresh.body().path("key").asText();
        assertThat(fresh.body().path("id").asText()).isEqualTo(id);
        assertThat(chat(plain)).isEqualTo(401);
        assertThat(chat(second)).isEqualTo(200);

        assertThat(call("DELETE", "/admin/api-keys/" + id, "").status()).isEqualTo(204);
        assertThat(chat(second)).isEqualTo(401);
        for (String method : List.of("GET", "DELETE")) {
            var gone = call(method, "/admin/api-keys/" + id, "");
            assertThat(gone.status()).isEqualTo(404);
            assertThat(gone.body().path("message").asText()).isEqualTo("API key not found");
        }
    }

    @Test
    void aNameIsEnoughAndEverySettingCanBeSet() {
        assertThat(names(created("{\"name\":\"only\"}"))).isEqualTo(RECORD);
        var key = created("""
                {"name":"all","model":"GLM-4.7","models":["Demo","glm-4.7"],"tokenLimitPerDay":5000000000,
                "tokenLimitPer5h":1000,"requestsPerMinute":60,"tokensPerMinute":9000,"maxConcurrentStreams":3,
                "spendLimitPerDay":2.50,"spendCurrency":"USD","expiryDate":"2031-01-01T01:00:00+0100","enabled":false}""");
        assertThat(key.path("model").asText()).isEqualTo("glm-4.7");
        assertThat(key.path("models").toString()).isEqualTo("[\"demo\",\"glm-4.7\"]");
        assertThat(key.path("tokenLimitPerDay").asLong()).isEqualTo(5_000_000_000L);
        assertThat(key.path("spendLimitPerDay").decimalValue()).isEqualByComparingTo("2.5");
        assertThat(key.path("expiryDate").asText()).isEqualTo("2031-01-01T00:00:00Z");
        assertThat(chat(key.path("key").asText())).as("disabled").isEqualTo(401);
        String id = key.path("id").asText();
        var cleared = call("PUT", "/admin/api-keys/" + id, """
                {"model":null,"models":null,"tokenLimitPerDay":null,"tokenLimitPer5h":null,"requestsPerMinute":null,
                "tokensPerMinute":null,"maxConcurrentStreams":null,"spendLimitPerDay":null,"spendCurrency":null,
                "expiryDate":null,"enabled":true}""");
        assertThat(cleared.status()).as("%s", cleared.body()).isEqualTo(200);
        assertThat(cleared.body().path("models").size()).isZero();
        assertThat(cleared.body().path("spendLimitPerDay").isNull()).isTrue();
        assertThat(chat(key.path("key").asText())).isEqualTo(200);
    }

    @Test
    void aDateAloneMeansItsEnd() {
        assertThat(created("{\"name\":\"d\",\"expiryDate\":\"2030-12-31\"}")
                        .path("expiryDate")
                        .asText())
                .isEqualTo("2031-01-01T00:00:00Z");
        assertThat(created("{\"name\":\"d\",\"expiryDate\":\"2030-12-31T10:00:00.5\"}")
                        .path("expiryDate")
                        .asText())
                .as("a time without an offset is UTC")
                .isEqualTo("2030-12-31T10:00:00.500Z");
    }

    @Test
    void aKeyThatWasMadeElsewhereIsTakenAsItIsAndNotShownAgain() {
        String plain = "sk-made-elsewhere-0123456789";
        var key = created("{\"name\":\"from elsewhere\",\"key\":\"" + plain + "\",\"requestsPerMinute\":60}");
        assertThat(names(key)).isEqualTo(RECORD);
        assertThat(key.path("key").asText()).startsWith("sk-").contains("…").isNotEqualTo(plain);
        assertThat(key.path("requestsPerMinute").asInt()).isEqualTo(60);
        assertThat(chat(plain)).isEqualTo(200);
        assertThat(call("GET", "/admin/audit", "").body().path("entries").findValuesAsText("action"))
                .containsExactly("key.adopt");
        for (String taken : List.of(plain, Gateway.KEY, Gateway.ADMIN_KEY)) {
            var refused = call("POST", "/admin/api-keys", "{\"name\":\"again\",\"key\":\"" + taken + "\"}");
            assertThat(refused.status()).isEqualTo(409);
            assertThat(names(refused.body())).containsExactly("message", "field");
            assertThat(refused.body().path("field").asText()).isEqualTo("key");
            assertThat(refused.body().toString()).doesNotContain(taken);
        }
        assertThat(call("GET", "/admin/api-keys", "").body().path("total").asInt())
                .isEqualTo(1);
        assertThat(created("{\"name\":\"none given\",\"key\":null}").path("key").asText())
                .startsWith("pk_");
        String id = key.path("id").asText();
        assertThat(call("PUT", "/admin/api-keys/" + id, "{\"key\":\"another-key-0123456789\"}")
                        .body()
                        .path("field")
                        .asText())
                .isEqualTo("key");
    }

    @Test
    void theOldKeyLivesOnForTheGraceThatIsAsked() {
        var key = created("{\"name\":\"grace\"}");
        var fresh = call(
                "POST", "/admin/api-keys/" + key.path("id").asText() + "/regenerate", "{\"gracePeriodSeconds\":3600}");
        assertThat(fresh.status()).isEqualTo(200);
        assertThat(fresh.body().path("previousKeyValidUntil").asText()).endsWith("Z");
        assertThat(chat(key.path("key").asText())).isEqualTo(200);
        assertThat(chat(fresh.body().path("key").asText())).isEqualTo(200);
    }

    @Test
    void listsGoInPagesTheNewestFirstWithKeysMasked() {
        var plain = new HashSet<String>();
        for (int i = 1; i <= 5; i++) {
            plain.add(created("{\"name\":\"key " + i + "\"}").path("key").asText());
        }
        var all = call("GET", "/admin/api-keys", "").body();
        assertThat(names(all)).containsExactly("keys", "total", "limit", "offset");
        assertThat(all.path("total").asInt()).isEqualTo(5);
        assertThat(all.path("limit").asInt()).isEqualTo(50);
        assertThat(all.path("keys").path(0).path("name").asText()).isEqualTo("key 5");
        assertThat(plain).noneMatch(all.toString()::contains);
        var seen = new TreeSet<String>();
        for (int offset = 0; offset < 6; offset += 2) {
            call("GET", "/admin/api-keys?limit=2&offset=" + offset, "")
                    .body()
                    .path("keys")
                    .forEach(key -> seen.add(key.path("name").asText()));
        }
        assertThat(seen).hasSize(5);
        assertThat(call("GET", "/admin/api-keys?search=KEY%203", "")
                        .body()
                        .path("total")
                        .asInt())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=0 | Limit must be between 1 and 1000",
                "limit=1001 | Limit must be between 1 and 1000",
                "limit=x | Limit must be between 1 and 1000",
                "limit=99999999999999999999 | Limit must be between 1 and 1000",
                "offset=-1 | Offset must be a non-negative number",
                "offset=1.5 | Offset must be a non-negative number",
                "limit=1&limit=2 | 'limit' is given more than once"
            })
    void partsOfAListThatAreNoneAreRefused(String query, String message) {
        var refused = call("GET", "/admin/api-keys?" + query, "");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("message").asText()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{} | name | 400",
                "{\"name\":7} | name | 400",
                "{\"name\":\"  \"} | name | 400",
                "{\"name\":null} | name | 400",
                "{\"name\":\"a\",\"model\":\"nobody\"} | model | 422",
                "{\"name\":\"a\",\"models\":[\"demo\",\"\\ud800\"]} | models | 422",
                "{\"name\":\"a\",\"models\":\"demo\"} | models | 400",
                "{\"name\":\"a\",\"models\":[1]} | models[0] | 400",
                "{\"name\":\"a\",\"tokenLimitPerDay\":0} | tokenLimitPerDay | 400",
                "{\"name\":\"a\",\"tokenLimitPerDay\":-1} | tokenLimitPerDay | 400",
                "{\"name\":\"a\",\"tokenLimitPerDay\":1.5} | tokenLimitPerDay | 400",
                "{\"name\":\"a\",\"tokenLimitPerDay\":1e3} | tokenLimitPerDay | 400",
                "{\"name\":\"a\",\"tokenLimitPerDay\":99999999999999999999} | tokenLimitPerDay | 400",
                "{\"name\":\"a\",\"tokenLimitPerDay\":\"5\"} | tokenLimitPerDay | 400",
                "{\"name\":\"a\",\"tokenLimitPerDay\":NaN} | body | 400",
                "{\"name\":\"a\",\"requestsPerMinute\":4294967297} | requestsPerMinute | 400",
                "{\"name\":\"a\",\"spendLimitPerDay\":5} | spendCurrency | 400",
                "{\"name\":\"a\",\"spendLimitPerDay\":-5,\"spendCurrency\":\"USD\"} | spendLimitPerDay | 400",
                "{\"name\":\"a\",\"spendLimitPerDay\":1e400,\"spendCurrency\":\"USD\"} | spendLimitPerDay | 400",
                "{\"name\":\"a\",\"spendLimitPerDay\":1e-400,\"spendCurrency\":\"USD\"} | spendLimitPerDay | 400",
                "{\"name\":\"a\",\"spendLimitPerDay\":1e9999999999,\"spendCurrency\":\"USD\"} | body | 400",
                "{\"name\":\"a\",\"spendCurrency\":\"money\"} | spendCurrency | 400",
                "{\"name\":\"a\",\"expiryDate\":\"2020-01-01\"} | expiryDate | 400",
                "{\"name\":\"a\",\"expiryDate\":\"tomorrow\"} | expiryDate | 400",
                "{\"name\":\"a\",\"expiryDate\":\"2030-02-30\"} | expiryDate | 400",
                "{\"name\":\"a\",\"expiryDate\":\"+999999999-12-31\"} | expiryDate | 400",
                "{\"name\":\"a\",\"expiryDate\":5} | expiryDate | 400",
                "{\"name\":\"a\",\"enabled\":\"yes\"} | enabled | 400",
                "{\"name\":\"a\",\"role\":\"admin\"} | role | 400",
                "{\"name\":\"a\",\"\\ud800\\u0000\":1} | body | 400",
                "{\"name\":\"a\",\"key\":\"\"} | key | 400",
                "{\"name\":\"a\",\"key\":\"two words\"} | key | 400",
                "{\"name\":\"a\",\"key\":\"\\u00e9\"} | key | 400",
                "{\"name\":\"a\",\"key\":5} | key | 400",
                "{\"name\":\"a\",\"key\":\"pk_0123456789012345678901234567890123456789012345\"} | key | 400",
                "{\"name\":\"a\",\"lastUsed\":null} | lastUsed | 400",
                "{\"name\":\"a\",\"totalLifetimeTokens\":0} | totalLifetimeTokens | 400",
                "{\"name\":\"a\",\"name\":\"b\"} | body | 400",
                "{\"name\":\"a\"} {} | body | 400",
                "[] | body | 400",
                "null | body | 400",
                "{\"name\":\"\\u0000\"} | name | 400",
                "{\"name\":\"\\udfff\"} | name | 400"
            })
    void whatCannotBeKeptIsRefusedByItsField(String body, String field, int status) {
        var refused = call("POST", "/admin/api-keys", body);
        assertThat(refused.status()).as("%s", refused.body()).isEqualTo(status);
        assertThat(refused.body().path("field").asText()).isEqualTo(field);
        assertThat(refused.body().path("message").asText()).isNotBlank();
        assertThat(call("GET", "/admin/api-keys", "").body().path("total").asInt())
                .isZero();
    }

    @Test
    void aModelThatNobodyConfiguredIsNamedInTheRefusal() {
        assertThat(call("POST", "/admin/api-keys", "{\"name\":\"a\",\"model\":\"nobody\"}")
                        .body()
                        .path("message")
                        .asText())
                .isEqualTo("There is no model 'nobody'; there are: demo, glm-4.7");
    }

    @Test
    void anUpdateWithoutFieldsOrOfNothingIsRefused() {
        String id = created("{\"name\":\"a\"}").path("id").asText();
        assertThat(call("PUT", "/admin/api-keys/" + id, "{}")
                        .body()
                        .path("message")
                        .asText())
                .isEqualTo("No fields to update");
        assertThat(call("PUT", "/admin/api-keys/" + id, "{\"name\":null}").status())
                .isEqualTo(400);
        assertThat(call("PUT", "/admin/api-keys/" + id, "{\"totalLifetimeTokens\":5}")
                        .body())
                .isEqualTo(JSON.createObjectNode()
                        .put("message", "Total lifetime tokens is kept by the gateway and cannot be set")
                        .put("field", "totalLifetimeTokens"));
        for (String unknown : List.of("00000000-0000-4000-8000-000000000000", "1-1-1-1-1", "x", "a/b", id + "/x")) {
            assertThat(call("PUT", "/admin/api-keys/" + unknown, "{\"name\":\"b\"}")
                            .status())
                    .as(unknown)
                    .isEqualTo(404);
        }
        for (String grace : List.of("-1", "1.5", "\"5\"", "99999999999", "9223372036854775808")) {
            assertThat(call("POST", "/admin/api-keys/" + id + "/regenerate", "{\"gracePeriodSeconds\":" + grace + "}")
                            .status())
                    .as(grace)
                    .isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "nope", "{\"name\":", "\"name\"", "{\"name\":\"\u0001\"}", "{\"a\":{\"a\":{}}}"})
    void bodiesThatAreNoneAreRefused(String body) {
        assertThat(call("POST", "/admin/api-keys", body).status()).isEqualTo(400);
    }

    @Test
    void aBodyHasItsBound() {
        String big = "{\"name\":\"" + "x".repeat(70_000) + "\"}";
        var refused = call("POST", "/admin/api-keys", big);
        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.body().path("message").asText()).isEqualTo("The request body exceeds 64 KiB.");
        String deep = "{\"name\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";
        assertThat(call("POST", "/admin/api-keys", deep).status()).isEqualTo(400);
        assertThat(Gateway.send(GATEWAY.request(
                                        "/admin/api-keys",
                                        "x-admin-key",
                                        Gateway.ADMIN_KEY,
                                        "content-type",
                                        "text/plain")
                                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                .build())
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void keysOfHelloGmlComeAndGoAsItsDocumentsSay() {
        String body = "{\"api_key\":\"sk-my-own-key-123456789\"}";
        for (int i = 0; i < 2; i++) {
            var added = call("POST", "/admin/apikey", body);
            assertThat(added.status()).isEqualTo(200);
            assertThat(added.body().toString())
                    .isEqualTo("{\"success\":true,\"message\":\"API key added successfully\"}");
        }
        assertThat(chat("sk-my-own-key-123456789")).isEqualTo(200);
        var list = call("GET", "/admin/apikey", "").body();
        assertThat(names(list)).containsExactly("keys");
        assertThat(list.path("keys").size()).isEqualTo(1);
        assertThat(list.path("keys").path(0).path("api_key").asText())
                .startsWith("sk-")
                .contains("…");
        for (int i = 0; i < 2; i++) {
            var deleted = call("DELETE", "/admin/apikey", body);
            assertThat(deleted.status()).isEqualTo(200);
            assertThat(deleted.body().toString())
                    .isEqualTo("{\"success\":true,\"message\":\"API key deleted successfully\"}");
        }
        assertThat(chat("sk-my-own-key-123456789")).isEqualTo(401);
        var missing = call("POST", "/admin/apikey", "{}");
        assertThat(missing.status()).isEqualTo(400);
        assertThat(missing.body().toString()).isEqualTo("{\"code\":-1,\"message\":\"Missing api_key\",\"data\":null}");
        assertThat(call("POST", "/admin/apikey", "{\"api_key\":\"" + Gateway.ADMIN_KEY + "\"}")
                        .status())
                .as("the admin key never becomes a caller's")
                .isEqualTo(400);
        for (String bad : List.of("\"a b\"", "\"a,b\"", "5", "\"é\"", "\"pk_" + "0".repeat(46) + "\"")) {
            assertThat(call("POST", "/admin/apikey", "{\"api_key\":" + bad + "}")
                            .status())
                    .as(bad)
                    .isEqualTo(400);
        }
    }

    @Test
    void everyChangeLeavesATraceWithoutTheKey() {
        var key = created("{\"name\":\"traced\"}");
        String id = key.path("id").asText();
        call("PUT", "/admin/api-keys/" + id, "{\"requestsPerMinute\":5}");
        var fresh = call("POST", "/admin/api-keys/" + id + "/regenerate", "{\"gracePeriodSeconds\":60}");
        call("POST", "/admin/apikey", "{\"api_key\":\"sk-another-key-123456789\"}");
        call("PUT", "/admin/api-keys/" + id, "{\"requestsPerMinute\":-5}");
        call("DELETE", "/admin/api-keys/" + id, "");
        var audit = call("GET", "/admin/audit?keyId=" + id, "").body();
        assertThat(audit.path("total").asInt()).isEqualTo(4);
        assertThat(audit.path("entries").findValuesAsText("action"))
                .containsExactly("key.delete", "key.regenerate", "key.update", "key.create");
        var update = audit.path("entries").path(2);
        assertThat(update.path("changes").toString()).isEqualTo("{\"requestsPerMinute\":{\"to\":5,\"from\":null}}");
        assertThat(update.path("keyName").asText()).isEqualTo("traced");
        assertThat(update.path("address").asText()).isEqualTo("127.0.0.1");
        assertThat(update.path("callId").asText()).startsWith("req_");
        var all = call("GET", "/admin/audit?limit=2&offset=1", "").body();
        assertThat(all.path("total").asInt()).isEqualTo(5);
        assertThat(all.path("entries").size()).isEqualTo(2);
        assertThat(call("GET", "/admin/audit", "").body().toString())
                .doesNotContain(key.path("key").asText())
                .doesNotContain(fresh.body().path("key").asText())
                .doesNotContain("sk-another");
        assertThat(call("GET", "/admin/audit?keyId=x", "").status()).isEqualTo(400);
    }

    @Test
    void aChangeThatCannotBeTracedIsNotMade() {
        var jdbc = GATEWAY.database().jdbc();
        jdbc.sql("alter table admin_audit add constraint nothing_more check (false) not valid")
                .update();
        try {
            assertThat(call("POST", "/admin/api-keys", "{\"name\":\"lost\"}").status())
                    .isEqualTo(500);
        } finally {
            jdbc.sql("alter table admin_audit drop constraint nothing_more").update();
        }
        assertThat(call("GET", "/admin/api-keys", "").body().path("total").asInt())
                .isZero();
    }

    @Test
    void aReloadIsNotedBeforeItIsMadeAndOnlyIfItIs() {
        var jdbc = GATEWAY.database().jdbc();
        GATEWAY.writeConfig("{\"fresh\":{\"providers\":[{\"provider\":\"simulator\",\"model\":\"m\"}]}}");
        jdbc.sql("alter table admin_audit add constraint nothing_more check (false) not valid")
                .update();
        try {
            assertThat(call("POST", "/admin/routes-config/reload", "").status()).isEqualTo(500);
        } finally {
            jdbc.sql("alter table admin_audit drop constraint nothing_more").update();
        }
        assertThat(call("GET", "/admin/audit", "").body().path("total").asInt()).isZero();
        assertThat(call("POST", "/admin/routes-config/reload", "").status()).isEqualTo(200);
        GATEWAY.writeConfig("{\"fresh\":{\"providers\":[]}}");
        assertThat(call("POST", "/admin/routes-config/reload", "").status()).isEqualTo(422);
        assertThat(call("GET", "/admin/audit", "").body().path("entries").findValuesAsText("action"))
                .containsExactly("routes-config.reload");
    }

    @Test
    void theModelsConfigurationIsShownTriedAndReadAnew() {
        GATEWAY.configure(
                "{\"gpt\":{\"providers\":[{\"provider\":\"openai\",\"model\":\"m\",\"apiKeys\":[\"OPENAI_KEY_1\"],"
                        + "\"customParams\":{\"secret_thing\":\"hidden-value\"}}]}}");
        var shown = call("GET", "/admin/routes-config", "").body();
        assertThat(shown.path("models").path(0).path("name").asText()).isEqualTo("gpt");
        assertThat(shown.toString())
                .contains("OPENAI_KEY_1", "secret_thing")
                .doesNotContain("upstream-secret", "hidden-value");
        var valid =
                call("POST", "/admin/routes-config/validate", "a:\n  providers: [{provider: simulator, model: m}]\n");
        assertThat(valid.body().path("valid").asBoolean()).isTrue();
        assertThat(valid.body().path("models").toString()).isEqualTo("[\"a\"]");
        var broken = call("POST", "/admin/routes-config/validate", "a:\n  providers: []\n");
        assertThat(broken.status()).isEqualTo(200);
        assertThat(broken.body().path("valid").asBoolean()).isFalse();
        assertThat(broken.body().path("problems").path(0).path("line").asInt()).isPositive();
        GATEWAY.writeConfig("{\"other\":{\"providers\":[{\"provider\":\"simulator\",\"model\":\"m\"}]}}");
        var reloaded = call("POST", "/admin/routes-config/reload", "");
        assertThat(reloaded.status()).isEqualTo(200);
        assertThat(reloaded.body().path("models").toString()).isEqualTo("[\"other\"]");
        GATEWAY.writeConfig("{\"other\":{\"providers\":[]}}");
        var refused = call("POST", "/admin/routes-config/reload", "");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body().path("problems").size()).isPositive();
        assertThat(call("GET", "/admin/routes-config", "")
                        .body()
                        .path("models")
                        .path(0)
                        .path("name")
                        .asText())
                .isEqualTo("other");
    }
}
