package dev.serai.proof;

import static dev.serai.testkit.RoutesYaml.entry;
import static dev.serai.testkit.RoutesYaml.provider;
import static dev.serai.testkit.RoutesYaml.translated;
import static dev.serai.testkit.Scripts.chunk;
import static dev.serai.testkit.Scripts.data;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testkit.Charged;
import dev.serai.testkit.Charged.Event;
import dev.serai.testkit.FakeUpstream;
import dev.serai.testkit.FakeUpstream.Received;
import dev.serai.testkit.FakeUpstream.Script;
import dev.serai.testkit.FakeUpstream.Wire;
import dev.serai.testkit.Gateway;
import dev.serai.testkit.MessageScripts;
import dev.serai.testkit.RawClient;
import dev.serai.testkit.Scripts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever becomes of a call of a known key, exactly one usage event tells it, with the tokens that the upstream told. */
class AccountingProof {

    private static final String WHOLE = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String STREAM = WHOLE.replace("\"model\"", "\"stream\":true,\"model\"");
    private static final String CONTENT = data(chunk("{\"content\":\"some words of an answer\"}", "null"));

    private final FakeUpstream upstream = new FakeUpstream();
    private final Gateway gateway =
            Gateway.shared().configure(entry("m", provider("openai", upstream, "OPENAI_KEY_1")));
    private final Charged charged = Charged.since(gateway);

    @AfterEach
    void close() {
        upstream.close();
    }

    private Event only() {
        assertThat(charged.events()).hasSize(1);
        return charged.events().getFirst();
    }

    private void assertOne(int status, String outcome, boolean stream, long input, long output) {
        var event = only();
        assertThat(event.status()).isEqualTo(status);
        assertThat(event.outcome()).isEqualTo(outcome);
        assertThat(event.stream()).isEqualTo(stream);
        assertThat(List.of(event.inputTokens(), event.outputTokens())).containsExactly(input, output);
        assertThat(event.estimated()).isFalse();
        assertThat(event.keyName()).isEqualTo("proxy-auth-token");
        assertThat(event.protocol()).isEqualTo("openai-chat");
        assertThat(event.durationMs()).isGreaterThanOrEqualTo(event.upstreamMs());
    }

    @Test
    void aWholeAnswer() {
        upstream.then(Scripts.says("hello"));
        assertThat(gateway.chat(WHOLE).statusCode()).isEqualTo(200);
        assertOne(200, "ok", false, 5, 7);
        assertThat(only().provider()).isEqualTo("openai");
        assertThat(only().upstreamModel()).isEqualTo("upstream-model");
        assertThat(only().model()).isEqualTo("m");
        assertThat(only().attempts()).isEqualTo(1);
        assertThat(only().firstContentMs()).isNotNull();
    }

    @Test
    void aTranslatedAnswer() {
        gateway.configure(translated("m", provider("openai", upstream, "OPENAI_KEY_1")));
        upstream.then(Scripts.says("hello"));
        assertThat(gateway.chat(WHOLE).statusCode()).isEqualTo(200);
        assertOne(200, "ok", false, 5, 7);
    }

    @Test
    void aStreamWhoseCallerDidNotAskForUsage() {
        upstream.then(Scripts.streams("hel", "lo"));
        assertThat(gateway.chat(STREAM).body()).contains("[DONE]").doesNotContain("usage");
        assertOne(200, "ok", true, 5, 7);
    }

    @Test
    void aStreamWhoseCallerAskedForUsage() {
        upstream.then(Scripts.streams("hel", "lo"));
        String asks = STREAM.replace("\"model\"", "\"stream_options\":{\"include_usage\":true},\"model\"");
        assertThat(gateway.chat(asks).body()).contains("[DONE]", "\"completion_tokens\":7");
        assertOne(200, "ok", true, 5, 7);
    }

    @Test
    void aTranslatedStream() {
        gateway.configure(translated("m", provider("openai", upstream, "OPENAI_KEY_1")));
        upstream.then(Scripts.streams("hel", "lo"));
        assertThat(gateway.chat(STREAM).body()).contains("[DONE]");
        assertOne(200, "ok", true, 5, 7);
    }

    @Test
    void aWholeAnswerWithoutUsageIsEstimatedAndSaysSo() {
        upstream.then(Scripts.status(200, Scripts.completion("hello you").replaceAll(",\"usage\":\\{[^}]*}", "")));
        var answer = gateway.chat(WHOLE);
        assertThat(answer.headers().firstValue("x-gateway-usage")).contains("estimated");
        assertThat(only().estimated()).isTrue();
        assertThat(only().inputTokens()).isPositive();
        assertThat(only().outputTokens()).isPositive();
    }

    @Test
    void aStreamWithoutUsageIsEstimated() {
        upstream.then(Scripts.streams(List.of(CONTENT, data(chunk("{}", "\"stop\"")), data("[DONE]"))));
        assertThat(gateway.chat(STREAM).body()).contains("[DONE]");
        assertThat(only().estimated()).isTrue();
        assertThat(only().outcome()).isEqualTo("ok");
        assertThat(only().inputTokens()).isPositive();
        assertThat(only().outputTokens()).isPositive();
    }

    @Test
    void aRefusalOfTheUpstreamIsFree() {
        upstream.then(Scripts.error(400, "invalid_value"));
        assertThat(gateway.chat(WHOLE).statusCode()).isEqualTo(400);
        assertOne(400, "refused", false, 0, 0);
        assertThat(only().attempts()).isEqualTo(1);
    }

    @Test
    void aModelThatIsNotThere() {
        assertThat(gateway.chat(WHOLE.replace("\"m\"", "\"other\"")).statusCode())
                .isEqualTo(404);
        assertOne(404, "refused", false, 0, 0);
        assertThat(only().model()).isEmpty();
        assertThat(only().provider()).isNull();
        assertThat(only().attempts()).isZero();
    }

    @Test
    void aBodyThatIsNoJson() {
        assertThat(gateway.chat("{").statusCode()).isEqualTo(400);
        assertOne(400, "refused", false, 0, 0);
    }

    @Test
    void allProvidersFailed() {
        upstream.then(Scripts.error(429, "rate_limit_exceeded", "retry-after: 600"));
        assertThat(gateway.chat(STREAM).statusCode()).isEqualTo(503);
        assertOne(503, "refused", true, 0, 0);
    }

    @Test
    void aCallThatWasMovedIsChargedOnceWhereItWasAnswered() {
        try (var second = new FakeUpstream().then(Scripts.says("hello"))) {
            upstream.then(Scripts.status(500, "{}"));
            gateway.configure(entry(
                    "m",
                    provider("openai", upstream, "OPENAI_KEY_1"),
                    provider("openai", second, "OPENAI_KEY_2").replace("upstream-model", "second-model")));
            assertThat(gateway.chat(WHOLE).statusCode()).isEqualTo(200);
            assertOne(200, "ok", false, 5, 7);
            assertThat(only().attempts()).isEqualTo(2);
            assertThat(only().upstreamModel()).isEqualTo("second-model");
        }
    }

    @Test
    void aStreamThatBreaksIsChargedForWhatCame() {
        upstream.then((request, wire) ->
                wire.send(Scripts.streamHead()).chunk(CONTENT.repeat(20)).reset());
        assertThat(gateway.chat(STREAM).body()).doesNotContain("[DONE]");
        assertThat(only().outcome()).isEqualTo("cut");
        assertThat(only().status()).isEqualTo(200);
        assertThat(only().inputTokens()).isPositive();
        assertThat(only().outputTokens()).isGreaterThan(50);
        assertThat(only().estimated()).isTrue();
    }

    @Test
    void aCallerWhoLeavesIsChargedForWhatCame() {
        upstream.then((request, wire) -> {
            wire.send(Scripts.streamHead()).chunk(CONTENT.repeat(20));
            wire.stall();
        });
        try (var client = new RawClient(gateway.port())) {
            client.send(RawClient.chat(STREAM)).readUntil("some words");
        }
        assertThat(only().outcome()).isEqualTo("client_closed");
        assertThat(only().status()).isEqualTo(499);
        assertThat(only().inputTokens()).isPositive();
        assertThat(only().outputTokens()).isPositive();
        assertThat(only().estimated()).isTrue();
    }

    @Test
    void aCallerWhoLeavesBeforeTheFirstContent() throws InterruptedException {
        var asked = new CountDownLatch(1);
        upstream.then((request, wire) -> {
            asked.countDown();
            wire.stall();
        });
        try (var client = new RawClient(gateway.port())) {
            client.send(RawClient.chat(WHOLE));
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertOne(499, "client_closed", false, 0, 0);
    }

    @Test
    void whatAnAttemptUsedIsChargedThoughItsAnswerWasEmpty() {
        upstream.then(
                Scripts.status(200, used(Scripts.completion(""), 500, 0)),
                Scripts.status(200, used(Scripts.completion("well"), 10, 5)));
        assertThat(gateway.chat(WHOLE).statusCode()).isEqualTo(200);
        assertOne(200, "ok", false, 510, 5);
        assertThat(only().attempts()).isEqualTo(2);
    }

    private static String used(String answer, int input, int output) {
        return answer.replace("\"prompt_tokens\":5", "\"prompt_tokens\":" + input)
                .replace("\"completion_tokens\":7", "\"completion_tokens\":" + output);
    }

    @Test
    void aReportedZeroStaysZero() {
        upstream.then(Scripts.streams(
                List.of(CONTENT, data(chunk("{}", "\"stop\"")), used(Scripts.usage(), 5, 0), data("[DONE]"))));
        assertThat(gateway.chat(STREAM).body()).contains("[DONE]");
        assertOne(200, "ok", true, 5, 0);
    }

    @Test
    void aReportedZeroOfBothStaysZero() {
        String zero = used(Scripts.usage(), 0, 0);
        upstream.then(
                Scripts.status(200, used(Scripts.completion("free"), 0, 0)),
                Scripts.streams(List.of(CONTENT, data(chunk("{}", "\"stop\"")), zero, data("[DONE]"))));
        assertThat(gateway.chat(WHOLE).statusCode()).isEqualTo(200);
        assertThat(gateway.chat(STREAM).body()).contains("[DONE]");
        gateway.configure(translated("m", provider("openai", upstream, "OPENAI_KEY_1")));
        upstream.then(
                Scripts.status(200, used(Scripts.completion("free"), 0, 0)),
                Scripts.streams(List.of(CONTENT, data(chunk("{}", "\"stop\"")), zero, data("[DONE]"))));
        assertThat(gateway.chat(WHOLE).statusCode()).isEqualTo(200);
        assertThat(gateway.chat(STREAM).body()).contains("[DONE]");
        assertThat(charged.events()).hasSize(4).allSatisfy(event -> {
            assertThat(event.inputTokens() + event.outputTokens()).isZero();
            assertThat(event.estimated()).isFalse();
        });
    }

    @Test
    void whatAFailedAttemptHadToldIsChargedOnceWithTheRest() {
        String begun = used(Scripts.usage(), 300, 0);
        try (var second = new FakeUpstream().then(Scripts.streams("well", "done"))) {
            for (String lane : List.of("passthrough", "translated")) {
                upstream.then((request, wire) ->
                        wire.send(Scripts.streamHead()).chunk(begun).close());
                second.then(Scripts.streams("well", "done"));
                gateway.configure("{\"m\":{\"config\":{\"lane\":\"" + (lane.equals("translated") ? lane : "auto")
                        + "\"},\"providers\":[" + provider("openai", upstream, "OPENAI_KEY_1") + ","
                        + provider("openai", second, "OPENAI_KEY_2") + "]}}");
                assertThat(gateway.chat(STREAM).body()).contains("[DONE]");
            }
        }
        assertThat(charged.events()).hasSize(2).allSatisfy(event -> {
            assertThat(List.of(event.inputTokens(), event.outputTokens())).containsExactly(305L, 7L);
            assertThat(event.attempts()).isEqualTo(2);
        });
    }

    @Test
    void theInputThatAnthropicToldBeforeItBrokeIsChargedToo() {
        upstream.then((request, wire) -> wire.send(Scripts.streamHead())
                .chunk(MessageScripts.start())
                .chunk(MessageScripts.event(
                        "error", ",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}"))
                .close());
        try (var second = new FakeUpstream().then(Scripts.streams("well", "done"))) {
            gateway.configure(entry(
                    "m", provider("anthropic", upstream, "OPENAI_KEY_1"), provider("openai", second, "OPENAI_KEY_2")));
            assertThat(gateway.chat(STREAM).body()).contains("[DONE]");
        }
        assertThat(only().attempts()).isEqualTo(2);
        assertThat(only().inputTokens()).isEqualTo(5 + 5);
        assertThat(only().outputTokens()).isGreaterThanOrEqualTo(7);
    }

    @Test
    void nobodyIsChargedForACallWithoutAKey() {
        assertThat(gateway.post("/v1/chat/completions", WHOLE).statusCode()).isEqualTo(401);
        assertThat(gateway.post("/v1/chat/completions", WHOLE, "authorization", "Bearer sk-unknown")
                        .statusCode())
                .isEqualTo(401);
        assertThat(gateway.get("/v1/models", "authorization", "Bearer " + Gateway.KEY)
                        .statusCode())
                .isEqualTo(200);
        assertThat(charged.events()).isEmpty();
        assertThat(upstream.journal()).isEmpty();
    }

    @Test
    void underMixedLoadEveryCallIsOneEventAndTheTokensAddUp() throws Exception {
        upstream.then(AccountingProof::play);
        var tokens = new AtomicLong();
        int threads = 16;
        int each = 20;
        try (var pool = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                var random = new Random(20261121L + thread);
                running.add(pool.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        tokens.addAndGet(call(random));
                    }
                }));
            }
            finish(running);
        }
        var events = charged.events();
        assertThat(events).hasSize(threads * each);
        assertThat(events.stream()
                        .filter(event -> !event.estimated())
                        .mapToLong(event -> event.inputTokens() + event.outputTokens())
                        .sum())
                .isEqualTo(tokens.get());
        assertThat(events)
                .extracting(Event::outcome)
                .contains("ok", "refused", "cut", "client_closed")
                .doesNotContainNull();
    }

    private static void finish(List<Future<?>> running) throws InterruptedException, ExecutionException {
        for (var each : running) {
            each.get();
        }
    }

    /** One call of any kind. @return the tokens that the upstream tells for it */
    private long call(Random random) {
        int told = random.nextInt(1000);
        String body = WHOLE.replace("hi", "tell " + told);
        String stream = STREAM.replace("hi", "tell " + told);
        switch (random.nextInt(10)) {
            case 0 ->
                assertThat(gateway.chat(WHOLE.replace("hi", "refuse")).statusCode())
                        .isEqualTo(400);
            case 1 ->
                assertThat(gateway.chat(WHOLE.replace("\"m\"", "\"other\"")).statusCode())
                        .isEqualTo(404);
            case 2 ->
                assertThat(gateway.chat(STREAM.replace("hi", "break")).body()).doesNotContain("[DONE]");
            case 3 -> leave();
            case 4, 5, 6 -> {
                assertThat(gateway.chat(body).body()).contains("\"completion_tokens\":" + told);
                return told + 1;
            }
            default -> {
                assertThat(gateway.chat(stream).body()).contains("[DONE]");
                return told + 1;
            }
        }
        return 0;
    }

    private void leave() {
        try (var client = new RawClient(gateway.port())) {
            client.send(RawClient.chat(STREAM.replace("hi", "endless"))).readUntil("some words");
            client.reset();
        }
    }

    /** Does what the prompt says. */
    private static void play(Received request, Wire wire) throws IOException, InterruptedException {
        Matcher tell = Pattern.compile("tell (\\d+)").matcher(request.body());
        Script script;
        if (tell.find()) {
            script = telling(Integer.parseInt(tell.group(1)), request.body().contains("\"stream\":true"));
        } else if (request.body().contains("refuse")) {
            script = Scripts.error(400, "invalid_value");
        } else if (request.body().contains("break")) {
            script =
                    (same, out) -> out.send(Scripts.streamHead()).chunk(CONTENT).reset();
        } else {
            script = (same, out) -> {
                out.send(Scripts.streamHead()).chunk(CONTENT);
                out.stall();
            };
        }
        script.play(request, wire);
    }

    private static Script telling(int output, boolean stream) {
        if (!stream) {
            return Scripts.status(200, told(Scripts.completion("text"), output));
        }
        return Scripts.streams(
                List.of(CONTENT, data(chunk("{}", "\"stop\"")), told(Scripts.usage(), output), data("[DONE]")));
    }

    private static String told(String text, int output) {
        return text.replace("\"prompt_tokens\":5", "\"prompt_tokens\":1")
                .replace("\"completion_tokens\":7", "\"completion_tokens\":" + output)
                .replace("\"total_tokens\":12", "\"total_tokens\":" + (output + 1));
    }
}
