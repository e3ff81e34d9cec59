package dev.serai.proof;

import static dev.serai.testkit.RoutesYaml.provider;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.secret.Secret;
import dev.serai.tenant.KeyLimits;
import dev.serai.tenant.KeyRegister;
import dev.serai.tenant.KeySettings;
import dev.serai.testkit.FakeUpstream;
import dev.serai.testkit.FakeUpstream.Script;
import dev.serai.testkit.Gateway;
import dev.serai.testkit.KeptConnection;
import dev.serai.testkit.LedgerSums;
import dev.serai.testkit.LimitedKeys;
import dev.serai.testkit.RawClient;
import dev.serai.testkit.RoutesYaml;
import dev.serai.testkit.Scripts;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The limits of a key, as its caller meets them. */
class QuotaProof {

    private static final String WHOLE = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String STREAM = WHOLE.replace("\"model\"", "\"stream\":true,\"model\"");

    private final FakeUpstream upstream = new FakeUpstream();
    private final Gateway gateway =
            Gateway.shared().configure("""
            {"m":{"pricingCurrency":"USD","inputPricePer1m":2,"outputPricePer1m":8,"providers":[%s]}}
            """.formatted(provider("openai", upstream, "OPENAI_KEY_1")));

    @AfterEach
    void close() {
        settled();
        assertThat(LedgerSums.drift(gateway.database().jdbc())).isEmpty();
        upstream.close();
    }

    private String key(KeyLimits limits) {
        var settings = new KeySettings("limited", null, List.of(), limits, null, true);
        Secret plain = gateway.bean(KeyRegister.class).create(settings).plain();
        return plain.reveal();
    }

    private static KeyLimits perFiveHours(long tokens) {
        return new KeyLimits(null, tokens, null, null, null, null, null);
    }

    private HttpResponse<String> chat(String key, String body) {
        return gateway.post("/v1/chat/completions", body, "authorization", "Bearer " + key);
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    /** An answer that used as many tokens. */
    private static Script uses(long input, long output) {
        return Scripts.status(
                200,
                Scripts.completion("well")
                        .replace("\"prompt_tokens\":5", "\"prompt_tokens\":" + input)
                        .replace("\"completion_tokens\":7", "\"completion_tokens\":" + output));
    }

    /** The table of GLM Proxy's README, with calls whose prompts are as long as their tokens say. */
    @Test
    void tenTwentyAndFiftyThousandAreServedAndThirtyIsLimited() {
        String key = key(perFiveHours(100_000));
        for (int thousand : List.of(10, 20, 50)) {
            upstream.now(uses(thousand * 1_000L - 100, 100));
            assertThat(chat(key, prompt(thousand)).statusCode()).isEqualTo(200);
        }
        var refused = chat(key, prompt(30));
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body())
                .contains("\"code\":\"insufficient_quota\"")
                .containsPattern("Token limit exceeded for 5-hour window: 8\\d{4} of 100000");
        assertThat(Long.parseLong(header(refused, "retry-after"))).isBetween(17_900L, 18_060L);
        assertThat(header(refused, "x-should-retry")).isEqualTo("false");
        assertThat(upstream.journal()).hasSize(1);
    }

    private static String prompt(int thousandTokens) {
        return WHOLE.replace("hi", "word ".repeat(thousandTokens * 780));
    }

    /** However soon the next call comes: what the last one used beyond its reservation counts already. */
    @Test
    void whatWasUsedCountsForTheVeryNextCall() {
        for (String body : List.of(WHOLE, STREAM)) {
            String key = key(perFiveHours(2_000));
            upstream.now(
                    body.equals(WHOLE)
                            ? uses(1_500, 600)
                            : Scripts.streams(Scripts.events("a").stream()
                                    .map(event -> event.replace("\"prompt_tokens\":5", "\"prompt_tokens\":1500")
                                            .replace("\"completion_tokens\":7", "\"completion_tokens\":600"))
                                    .toList()));
            assertThat(chat(key, body).statusCode()).isEqualTo(200);
            assertThat(chat(key, body).statusCode()).isEqualTo(429);
        }
    }

    @Test
    void aLargeLimitOfTheAnswerLocksNobodyOut() {
        String key = key(perFiveHours(5_000));
        upstream.then(Scripts.says("well"));
        var answer = chat(key, WHOLE.replace("\"model\"", "\"max_tokens\":1000000,\"model\""));
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void aRateSaysWhenToTryAgain() {
        String key = key(new KeyLimits(null, null, 2, null, null, null, null));
        upstream.then(Scripts.says("well"));
        assertThat(header(chat(key, WHOLE), "x-ratelimit-remaining-requests")).isEqualTo("1");
        assertThat(header(chat(key, WHOLE), "x-ratelimit-remaining-requests")).isEqualTo("0");
        var refused = chat(key, WHOLE);
        assertThat(refused.statusCode()).isEqualTo(429);
        long wait = Long.parseLong(header(refused, "retry-after"));
        assertThat(wait).isBetween(30L, 65L);
        assertThat(refused.body())
                .contains(
                        "\"code\":\"rate_limit_exceeded\"",
                        "this key may make 2 calls a minute",
                        "Please try again in " + wait + "s");
        assertThat(header(refused, "x-ratelimit-limit-requests")).isEqualTo("2");
    }

    @Test
    void limitsAreToldInTheWordsOfTheCallersProtocol() {
        upstream.then(Scripts.says("well"));
        String key = key(new KeyLimits(100_000L, null, 5, 900L, null, null, null));
        var chat = chat(key, WHOLE);
        assertThat(header(chat, "x-ratelimit-limit-requests")).isEqualTo("5");
        assertThat(header(chat, "x-ratelimit-limit-tokens")).isEqualTo("900");
        assertThat(Long.parseLong(header(chat, "x-ratelimit-remaining-tokens"))).isBetween(500L, 899L);
        assertThat(header(chat, "x-ratelimit-reset-tokens")).isEqualTo("1m5s");
        var messages = gateway.post(
                "/v1/messages",
                "{\"model\":\"m\",\"max_tokens\":10,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
                "x-api-key",
                key,
                "anthropic-version",
                "2023-06-01");
        assertThat(messages.statusCode()).isEqualTo(200);
        assertThat(header(messages, "anthropic-ratelimit-requests-limit")).isEqualTo("5");
        assertThat(header(messages, "anthropic-ratelimit-requests-remaining")).isEqualTo("3");
        assertThat(Instant.parse(header(messages, "anthropic-ratelimit-tokens-reset")))
                .isAfter(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(header(messages, "x-ratelimit-limit-requests")).isEmpty();
    }

    @Test
    void everyProtocolRefusesInItsOwnEnvelope() {
        String key = key(perFiveHours(1));
        var chat = chat(key, WHOLE);
        var responses =
                gateway.post("/v1/responses", "{\"model\":\"m\",\"input\":\"hi\"}", "authorization", "Bearer " + key);
        var messages = gateway.post(
                "/v1/messages",
                "{\"model\":\"m\",\"max_tokens\":10,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
                "x-api-key",
                key);
        var gemini = gateway.post(
                "/v1beta/models/m:generateContent",
                "{\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}]}",
                "x-goog-api-key",
                key);
        assertThat(List.of(chat, responses, messages, gemini))
                .allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(429))
                .allSatisfy(answer -> assertThat(answer.body()).contains("Token limit exceeded for 5-hour window"));
        assertThat(chat.body()).contains("\"code\":\"insufficient_quota\"");
        assertThat(responses.body()).contains("\"code\":\"insufficient_quota\"");
        assertThat(messages.body()).contains("\"type\":\"rate_limit_error\"");
        assertThat(gemini.body()).contains("\"status\":\"RESOURCE_EXHAUSTED\"", "QUOTA_EXHAUSTED");
        // no waiting makes room for a call above the limit
        assertThat(header(chat, "retry-after")).isEmpty();
        assertThat(upstream.journal()).isEmpty();
    }

    @Test
    void callsInFlightAreCountedAndFreedAtTheirEnd() throws Exception {
        String key = key(new KeyLimits(null, null, null, null, 1, null, null));
        var started = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        upstream.then(
                (request, wire) -> {
                    wire.send(Scripts.streamHead()).chunk(Scripts.events("a").getFirst());
                    started.countDown();
                    wire.await(release);
                    for (String event :
                            Scripts.events("a").subList(1, Scripts.events("a").size())) {
                        wire.chunk(event);
                    }
                    wire.lastChunk();
                },
                Scripts.says("free"));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var stream = threads.submit(() -> chat(key, STREAM));
            started.await();
            var refused = chat(key, WHOLE);
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.body()).contains("this key may have 1 calls in flight");
            release.countDown();
            assertThat(stream.get().statusCode()).isEqualTo(200);
        }
        await().until(() -> chat(key, WHOLE).statusCode() == 200);
    }

    @Test
    void aCallerWhoLeavesFreesItsPlace() throws Exception {
        String key = key(new KeyLimits(null, null, null, null, 1, null, null));
        var started = new CountDownLatch(1);
        upstream.then(
                (request, wire) -> {
                    wire.send(Scripts.streamHead()).chunk(Scripts.events("a").getFirst());
                    started.countDown();
                    wire.stall();
                },
                Scripts.says("free"));
        try (var client = new RawClient(gateway.port())) {
            client.send(RawClient.chat(STREAM).replace(Gateway.KEY, key));
            started.await();
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> chat(key, WHOLE).statusCode() == 200);
    }

    @Test
    void moneyIsALimitToo() {
        String key = key(new KeyLimits(null, null, null, null, null, new BigDecimal("0.01"), "USD"));
        upstream.then(uses(1_000, 1_000));
        assertThat(chat(key, WHOLE).statusCode()).isEqualTo(200);
        settled();
        var refused = chat(key, WHOLE);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("Spending limit exceeded for 24-hour window: 0.01 of 0.01 USD");
    }

    @Test
    void moneyOfAnotherCurrencyIsRefusedInWords() {
        String key = key(new KeyLimits(null, null, null, null, null, BigDecimal.ONE, "CNY"));
        var refused = chat(key, WHOLE);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("This key's limit is in CNY, and model m is priced in USD.");
    }

    /** Its row is locked by somebody else. */
    @Test
    void aLimitThatCannotBeLookedAtRefusesInTimeAndHoldsUpNobodyElse() throws Exception {
        String limited = key(perFiveHours(1_000_000));
        upstream.then(Scripts.says("well"));
        assertThat(chat(limited, WHOLE).statusCode()).isEqualTo(200);
        settled();
        try (Connection locked = gateway.database().dataSource().getConnection()) {
            locked.setAutoCommit(false);
            locked.createStatement().execute("select from quota_account for update");
            long before = System.nanoTime();
            var refused = chat(limited, WHOLE);
            long millis = Duration.ofNanos(System.nanoTime() - before).toMillis();
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(header(refused, "retry-after")).isNotEmpty();
            assertThat(millis).isLessThan(2_000);
            assertThat(gateway.chat(WHOLE).statusCode()).isEqualTo(200);
            locked.rollback();
        }
        await().until(() -> chat(limited, WHOLE).statusCode() == 200);
    }

    @Test
    void whereTheOperatorChoseSoCallsGoOnWithoutTheLedgerAndAreSettledAfterwards() throws Exception {
        try (var serving = Gateway.start(Map.of("serai.quota.database-away", "serve"));
                var locked = serving.database().dataSource().getConnection()) {
            serving.configure(RoutesYaml.entry("m", provider("openai", upstream, "OPENAI_KEY_1")));
            upstream.then(Scripts.says("well"));
            var jdbc = serving.database().jdbc();
            String key = LimitedKeys.perDay(jdbc, 10_000);
            locked.setAutoCommit(false);
            locked.createStatement().execute("lock table quota_account in access exclusive mode");
            var answer = serving.post("/v1/chat/completions", WHOLE, "authorization", "Bearer " + key);
            assertThat(answer.statusCode()).isEqualTo(200);
            locked.rollback();
            await().untilAsserted(() -> assertThat(jdbc.sql("select sum(day_tokens) from quota_account")
                            .query(Long.class)
                            .single())
                    .isEqualTo(12));
            assertThat(LedgerSums.drift(jdbc)).isEmpty();
        }
    }

    /** Every call of a key with a limit, one after the other on one connection, until the limit is reached. */
    @Test
    void oneAfterTheOtherACallIsServedUntilTheLimitIsReached() throws IOException {
        String key = key(perFiveHours(3_000));
        upstream.then(uses(90, 10));
        int served = 0;
        try (var client = new KeptConnection(gateway.port())) {
            while (isServed(client, key)) {
                served++;
            }
        }
        // a call is let in while its estimate, at most 288 tokens, fits in what is left
        assertThat(served).isBetween(27, 30);
    }

    /** An early refusal counts only once no estimate of an earlier call stands in for what that has used. */
    private boolean isServed(KeptConnection client, String key) throws IOException {
        if (client.chat(key, WHOLE).status() == 200) {
            return true;
        }
        settled();
        return client.chat(key, WHOLE).status() == 200;
    }

    private void settled() {
        await().until(() -> LedgerSums.open(gateway.database().jdbc()) == 0);
    }
}
