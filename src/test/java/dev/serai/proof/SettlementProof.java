package dev.serai.proof;

import static dev.serai.testkit.RoutesYaml.provider;
import static dev.serai.testkit.Scripts.chunk;
import static dev.serai.testkit.Scripts.data;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.tenant.KeyLimits;
import dev.serai.tenant.KeyRegister;
import dev.serai.tenant.KeySettings;
import dev.serai.testkit.Charged;
import dev.serai.testkit.Charged.Event;
import dev.serai.testkit.FakeUpstream;
import dev.serai.testkit.FakeUpstream.Received;
import dev.serai.testkit.FakeUpstream.Wire;
import dev.serai.testkit.Figures;
import dev.serai.testkit.Gateway;
import dev.serai.testkit.LedgerSums;
import dev.serai.testkit.RawClient;
import dev.serai.testkit.Scripts;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * However calls end, what was settled is what was used: events, minutes of the windows, statistics and lifetime tokens are
 * the same sum, and nothing stays reserved.
 */
class SettlementProof {

    private static final int CALLS = 2_000;
    private static final int CALLERS = 12;
    private static final long SEED = 20261128;
    private static final List<String> KINDS = List.of(
            "whole",
            "stream",
            "empty",
            "refused",
            "missing",
            "nonsense",
            "error",
            "limited",
            "reset",
            "late",
            "cut",
            "leaves",
            "leaves-early");
    /** Each at a provider of its own, so that none keeps a provider away from the others. */
    private static final List<String> ILL = List.of("error", "limited", "reset", "late");

    private static final String PRICES = "\"pricingCurrency\":\"USD\",\"inputPricePer1m\":2,\"outputPricePer1m\":8";
    private static final String CONTENT = data(chunk("{\"content\":\"some words of an answer\"}", "null"));

    private final Set<String> played = ConcurrentHashMap.newKeySet();
    private final FakeUpstream well = new FakeUpstream().then(this::play);
    private final FakeUpstream other = new FakeUpstream().then((request, wire) -> {
        played.add("moved");
        Scripts.status(200, used(Scripts.completion("text"), 3)).play(request, wire);
    });
    private final List<FakeUpstream> ill =
            ILL.stream().map(kind -> new FakeUpstream().then(this::play)).toList();
    private final FakeUpstream breaking = new FakeUpstream().then(this::play);
    private final Gateway gateway = Gateway.shared().configure("""
            {"m":{%1$s,"providers":[%2$s]},"breaking":{%1$s,"providers":[%3$s]},%4$s}
            """.formatted(
                    PRICES,
                    provider("openai", well, "OPENAI_KEY_1") + "," + provider("openai", other, "OPENAI_KEY_2"),
                    provider("openai", breaking, "OPENAI_KEY_3"),
                    ILL.stream().map(this::entry).collect(Collectors.joining(","))));
    private final String key = gateway.bean(KeyRegister.class)
            .create(new KeySettings(
                    "settled",
                    null,
                    List.of(),
                    new KeyLimits(10_000_000L, 9_000_000L, 100_000, 9_000_000L, 10_000, new BigDecimal("1000"), "USD"),
                    null,
                    true))
            .plain()
            .reveal();

    @AfterEach
    void close() {
        well.close();
        other.close();
        ill.forEach(FakeUpstream::close);
        breaking.close();
    }

    @Test
    void whatIsSettledIsWhatWasUsed() throws Exception {
        var charged = Charged.since(gateway);
        try (var threads = Executors.newFixedThreadPool(CALLERS)) {
            List<Future<?>> running = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                var random = new Random(SEED + caller);
                int calls = CALLS / CALLERS + (caller < CALLS % CALLERS ? 1 : 0);
                running.add(threads.submit(() -> {
                    for (int i = 0; i < calls; i++) {
                        call(KINDS.get(random.nextInt(KINDS.size())), random.nextInt(1_000));
                    }
                }));
            }
            for (var each : running) {
                each.get();
            }
        }
        var events = charged.events();
        var jdbc = gateway.database().jdbc();
        await().atMost(Duration.ofSeconds(20)).until(() -> LedgerSums.open(jdbc) == 0);
        assertThat(events).hasSize(CALLS);
        assertThat(events).extracting(Event::outcome).contains("ok", "refused", "cut", "client_closed");
        var beyondTheDoor =
                KINDS.stream().filter(kind -> !List.of("missing", "nonsense").contains(kind));
        assertThat(played).containsAll(beyondTheDoor.toList()).contains("moved");
        assertThat(LedgerSums.drift(jdbc)).isEmpty();
        long used = events.stream()
                .mapToLong(event -> event.inputTokens() + event.outputTokens())
                .sum();
        assertThat(used).isPositive();
        for (String sum : List.of(
                "select sum(tokens) from quota_bucket where key_id = k.id",
                "select sum(input_tokens + output_tokens) from usage_minute where key_id = k.id",
                "select sum(input_tokens + output_tokens) from usage_event where key_id = k.id",
                "select lifetime_tokens")) {
            assertThat(sum(sum)).as(sum).isEqualTo(used);
        }
        assertThat(sum("select sum(calls) from usage_minute where key_id = k.id"))
                .isEqualTo(CALLS);
        long cost = sum("select sum(cost_nanos) from usage_event where key_id = k.id");
        assertThat(sum("select sum(spend) from quota_bucket where key_id = k.id"))
                .isEqualTo(cost);
        assertThat(sum("select sum(cost_nanos) from usage_minute where key_id = k.id"))
                .isEqualTo(cost);
        Figures.say("%,d calls, %,d tokens, difference 0".formatted(CALLS, used));
    }

    private long sum(String of) {
        return gateway.database()
                .jdbc()
                .sql("select (" + of + ") from api_key k where k.name = 'settled' order by created_at desc limit 1")
                .query(Long.class)
                .single();
    }

    private void call(String kind, int told) {
        switch (kind) {
            case "missing" -> post(body("other", kind, told, false));
            case "nonsense" -> post("{");
            case "error", "limited", "reset", "late" -> post(body(kind, kind, told, told % 2 == 0));
            case "cut" -> post(body("breaking", kind, told, true));
            case "stream" -> post(body("m", kind, told, true));
            case "leaves", "leaves-early" -> leave(kind, told);
            default -> post(body("m", kind, told, false));
        }
    }

    private String entry(String kind) {
        return "\"%s\":{%s,\"timeouts\":{\"firstByte\":\"400ms\"},\"providers\":[%s]}"
                .formatted(kind, PRICES, provider("openai", ill.get(ILL.indexOf(kind)), "OPENAI_KEY_2"));
    }

    private HttpResponse<String> post(String body) {
        return gateway.post("/v1/chat/completions", body, "authorization", "Bearer " + key);
    }

    private void leave(String kind, int told) {
        try (var client = new RawClient(gateway.port())) {
            client.send(RawClient.chat(body("m", kind, told, true)).replace(Gateway.KEY, key));
            if (kind.equals("leaves")) {
                client.readUntil("some words");
            }
            client.reset();
        }
    }

    private static String body(String model, String kind, int told, boolean stream) {
        return "{\"model\":\"" + model + "\",\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"do " + kind + " " + told + " now\"}]}";
    }

    /** Does what the prompt says. */
    private void play(Received request, Wire wire) throws IOException, InterruptedException {
        String[] words = request.body().substring(request.body().indexOf("do ")).split(" ", 4);
        int told = Integer.parseInt(words[2]);
        played.add(words[1]);
        switch (words[1]) {
            case "whole" ->
                Scripts.status(200, used(Scripts.completion("text"), told)).play(request, wire);
            case "stream" ->
                Scripts.streams(List.of(
                                CONTENT, data(chunk("{}", "\"stop\"")), used(Scripts.usage(), told), data("[DONE]")))
                        .play(request, wire);
            case "empty" ->
                Scripts.status(200, used(Scripts.completion(told % 3 == 0 ? "text" : ""), 0))
                        .play(request, wire);
            case "refused" -> Scripts.error(400, "invalid_value").play(request, wire);
            case "error" -> Scripts.status(500, "{}").play(request, wire);
            case "limited" -> Scripts.error(429, "rate_limit_exceeded").play(request, wire);
            case "reset" -> wire.reset();
            case "cut" ->
                wire.send(Scripts.streamHead())
                        .chunk(CONTENT.repeat(1 + told % 20))
                        .close();
            case "leaves" -> {
                wire.send(Scripts.streamHead()).chunk(CONTENT);
                wire.stall();
            }
            default -> wire.stall();
        }
    }

    private static String used(String text, int output) {
        return text.replace("\"completion_tokens\":7", "\"completion_tokens\":" + output);
    }
}
