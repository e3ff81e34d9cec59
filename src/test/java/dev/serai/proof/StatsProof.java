package dev.serai.proof;

import static dev.serai.testkit.RoutesYaml.provider;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.tenant.KeyLimits;
import dev.serai.tenant.KeyRegister;
import dev.serai.tenant.KeySettings;
import dev.serai.testkit.Charged;
import dev.serai.testkit.FakeUpstream;
import dev.serai.testkit.Gateway;
import dev.serai.testkit.LedgerSums;
import dev.serai.testkit.RawClient;
import dev.serai.testkit.Scripts;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What callers and operators are told of usage. */
class StatsProof {

    private static final String WHOLE = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FakeUpstream upstream = new FakeUpstream();
    private final Gateway gateway =
            Gateway.shared().configure("""
            {"m":{"pricingCurrency":"USD","inputPricePer1m":2,"outputPricePer1m":8,"providers":[%s]}}
            """.formatted(provider("openai", upstream, "OPENAI_KEY_1")));

    @AfterEach
    void close() {
        upstream.close();
    }

    private String key() {
        var limits = new KeyLimits(100_000L, 50_000L, 10, 9_000L, 4, new BigDecimal("1.5"), "USD");
        return gateway.bean(KeyRegister.class)
                .create(new KeySettings("=watched, \"key\"", null, List.of(), limits, null, true))
                .plain()
                .reveal();
    }

    private HttpResponse<String> chat(String key) {
        return gateway.post("/v1/chat/completions", WHOLE, "authorization", "Bearer " + key);
    }

    private JsonNode stats(String key) throws IOException {
        var answer = gateway.get("/stats", "authorization", "Bearer " + key);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> admin(String path) {
        return gateway.get(path, "authorization", "Bearer " + Gateway.ADMIN_KEY);
    }

    private String idOf(String key) {
        return gateway.bean(KeyRegister.class).findByKey(key).orElseThrow().id().toString();
    }

    private void settled() {
        Charged.since(gateway).events();
        await().until(() -> LedgerSums.open(gateway.database().jdbc()) == 0);
    }

    @Test
    void aCallerIsToldWhatTheKeyUsedInTheNamesOfGlmProxy() throws Exception {
        String key = key();
        upstream.then(Scripts.says("well"));
        assertThat(stats(key).path("current_usage").path("remaining_tokens").asLong())
                .isEqualTo(50_000);
        assertThat(chat(key).statusCode()).isEqualTo(200);
        settled();
        var stats = stats(key);
        assertThat(stats.path("key").asText())
                .startsWith("pk_")
                .contains("…")
                .doesNotContain(key.substring(10, key.length() - 5));
        assertThat(stats.path("name").asText()).isEqualTo("=watched, \"key\"");
        assertThat(stats.path("model").isNull()).isTrue();
        assertThat(stats.path("token_limit_per_5h").asLong()).isEqualTo(50_000);
        assertThat(stats.path("token_limit_per_day").asLong()).isEqualTo(100_000);
        assertThat(stats.path("expiry_date").isNull()).isTrue();
        assertThat(stats.path("is_expired").asBoolean(true)).isFalse();
        assertThat(stats.path("total_lifetime_tokens").asLong()).isEqualTo(12);
        assertThat(Instant.parse(stats.path("last_used").asText()))
                .isAfter(Instant.parse(stats.path("created_at").asText()).minusSeconds(60));
        var current = stats.path("current_usage");
        assertThat(current.path("tokens_used_in_current_window").asLong()).isEqualTo(12);
        assertThat(current.path("tokens_used_today").asLong()).isEqualTo(12);
        assertThat(current.path("remaining_tokens").asLong()).isEqualTo(49_988);
        var window = Duration.between(
                Instant.parse(current.path("window_started_at").asText()),
                Instant.parse(current.path("window_ends_at").asText()));
        assertThat(window).isEqualTo(Duration.ofMinutes(301));
        var spend = window(stats, "24h", "spend");
        assertThat(spend.path("used").decimalValue()).isEqualByComparingTo("0.000066");
        assertThat(spend.path("remaining").decimalValue()).isEqualByComparingTo("1.499934");
        assertThat(window(stats, "minute", "requests").path("remaining").asLong())
                .isEqualTo(9);
        assertThat(window(stats, "minute", "tokens").path("used").asLong()).isEqualTo(12);
        assertThat(window(stats, "24h", "tokens").path("frees_at").isNull()).isFalse();
    }

    private static JsonNode window(JsonNode stats, String name, String counts) {
        for (var window : stats.path("windows")) {
            if (window.path("name").asText().equals(name)
                    && window.path("counts").asText().equals(counts)) {
                return window;
            }
        }
        throw new AssertionError("no window " + name + " of " + counts + " in " + stats);
    }

    @Test
    void whatARunningCallHasReservedIsShownAsReserved() throws Exception {
        String key = key();
        upstream.then((request, wire) -> {
            wire.send(Scripts.streamHead()).chunk(Scripts.events("words").get(1));
            wire.stall();
        });
        try (var client = new RawClient(gateway.port())) {
            client.send(RawClient.chat(WHOLE.replace("\"model\"", "\"stream\":true,\"model\""))
                            .replace(Gateway.KEY, key))
                    .readUntil("words");
            var stats = stats(key);
            var day = window(stats, "24h", "tokens");
            assertThat(day.path("reserved").asLong()).isPositive();
            assertThat(day.path("used").asLong()).isZero();
            assertThat(day.path("remaining").asLong())
                    .isEqualTo(100_000 - day.path("reserved").asLong());
            assertThat(stats.path("concurrent_streams").path("used").asInt()).isEqualTo(1);
            assertThat(stats.path("concurrent_streams").path("remaining").asInt())
                    .isEqualTo(3);
        }
        settled();
        assertThat(window(stats(key), "24h", "tokens").path("reserved").asLong())
                .isZero();
    }

    @Test
    void aTokenOfTheConfigurationHasNoRowAndNoLimits() throws Exception {
        var stats = stats(Gateway.KEY);
        assertThat(stats.path("name").asText()).isEqualTo("proxy-auth-token");
        for (String absent :
                List.of("key", "created_at", "last_used", "total_lifetime_tokens", "token_limit_per_day")) {
            assertThat(stats.has(absent)).as(absent).isTrue();
            assertThat(stats.path(absent).isNull()).as(absent).isTrue();
        }
        assertThat(stats.path("current_usage").path("remaining_tokens").isNull())
                .isTrue();
    }

    @Test
    void lookingCostsNothingAndNeedsAKey() throws Exception {
        String key = key();
        for (int i = 0; i < 20; i++) {
            stats(key);
        }
        assertThat(window(stats(key), "minute", "requests").path("used").asLong())
                .isZero();
        assertThat(gateway.get("/stats").statusCode()).isEqualTo(401);
    }

    @Test
    void anOperatorSeesSumsAndRowsThatAgree() throws Exception {
        String key = key();
        upstream.then(Scripts.says("well"));
        assertThat(chat(key).statusCode()).isEqualTo(200);
        settled();
        assertThat(gateway.get("/admin/stats").statusCode()).isEqualTo(401);
        assertThat(gateway.get("/admin/usage.csv").statusCode()).isEqualTo(401);
        var groups = JSON.readTree(admin("/admin/stats?model=m").body()).path("groups");
        var mine = java.util.stream.StreamSupport.stream(groups.spliterator(), false)
                .filter(group -> group.path("name").asText().startsWith("=watched"))
                .filter(group -> group.path("key_id").asText().equals(idOf(key)))
                .findFirst()
                .orElseThrow();
        assertThat(mine.path("cost").path("USD").decimalValue()).isEqualByComparingTo("0.000066");
        String id = mine.path("key_id").asText();
        var csv = admin("/admin/usage.csv?keyId=" + id);
        assertThat(csv.headers().firstValue("content-type").orElse("")).startsWith("text/csv");
        assertThat(csv.body().lines().toList()).hasSize(2);
        assertThat(csv.body())
                .startsWith("minute,key_id,key_name,")
                .contains(id + ",\"'=watched, \"\"key\"\"\",m,openai,USD,1,0,0,5,0,0,7,0,0.000066\r\n");
        var refused = admin("/admin/stats?by=weather");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("by must be one of");
    }
}
