package dev.serai.proof;

import static dev.serai.testkit.RoutesYaml.entry;
import static dev.serai.testkit.RoutesYaml.provider;
import static dev.serai.testkit.RoutesYaml.timed;
import static dev.serai.testkit.Scripts.chunk;
import static dev.serai.testkit.Scripts.data;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testkit.Charged;
import dev.serai.testkit.FakeUpstream;
import dev.serai.testkit.FakeUpstream.Wire;
import dev.serai.testkit.Gateway;
import dev.serai.testkit.RawClient;
import dev.serai.testkit.Scripts;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Silence: of an upstream before its first content and after it, of a whole call, and towards the caller. */
class TimeoutProof {

    private static final String WHOLE = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String STREAM = WHOLE.replace("\"model\"", "\"stream\":true,\"model\"");
    private static final String CONTENT = data(chunk("{\"content\":\"begun\"}", "null"));
    private static final String SHORT = "\"firstByte\":\"300ms\"";

    private final FakeUpstream first = new FakeUpstream();
    private final FakeUpstream second = new FakeUpstream();
    private final Gateway gateway = Gateway.shared();

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    private String[] both() {
        return new String[] {provider("openai", first, "OPENAI_KEY_1"), provider("openai", second, "OPENAI_KEY_3")};
    }

    @Test
    void aProviderThatHangsIsLeftForTheNext() throws InterruptedException {
        gateway.configure(timed("m", SHORT, both()));
        var left = new CountDownLatch(2);
        first.then((request, wire) -> {
            wire.stall();
            left.countDown();
        });
        second.then(Scripts.says("from the second"), Scripts.streams("from ", "the second"));
        assertThat(gateway.chat(WHOLE).body()).contains("from the second");
        var stream = gateway.chat(STREAM);
        assertThat(stream.body()).contains("the second", "[DONE]");
        assertThat(stream.headers().firstValue("x-gateway-attempts")).contains("2");
        assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {": ping\n\n", "ROLE", "\n", "event: ping\ndata: {\"type\":\"ping\"}\n\n"})
    void signsOfLifeAreNoContent(String sign) {
        gateway.configure(timed("m", SHORT + ",\"idle\":\"60s\"", both()));
        String sent = sign.replace("ROLE", data(chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null")));
        first.then((request, wire) -> {
            wire.send(Scripts.streamHead());
            repeat(wire, sent);
        });
        second.then(Scripts.streams("from ", "the second"));
        assertThat(gateway.chat(STREAM).body()).contains("the second", "[DONE]");
    }

    /** Sends the text ten times a second until the other side has left. */
    private static void repeat(Wire wire, String text) throws IOException, InterruptedException {
        var never = new CountDownLatch(1);
        while (!never.await(100, TimeUnit.MILLISECONDS)) {
            wire.chunk(text);
        }
    }

    @Test
    void aStreamThatStallsAfterItsFirstContentEndsWithAnError() {
        gateway.configure(timed("m", "\"idle\":\"300ms\"", both()));
        first.then((request, wire) -> {
            wire.send(Scripts.streamHead()).chunk(CONTENT);
            wire.stall();
        });
        var answer = gateway.chat(STREAM);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("begun", "\"error\"", "timeout").doesNotContain("[DONE]");
        assertThat(second.journal()).isEmpty();
    }

    @Test
    void aWholeAnswerThatStallsInItsBodyIsTriedElsewhere() {
        gateway.configure(timed("m", "\"idle\":\"300ms\"", both()));
        first.then((request, wire) -> {
            wire.send("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{\"id\":");
            wire.stall();
        });
        second.then(Scripts.says("from the second"));
        assertThat(gateway.chat(WHOLE).body()).contains("from the second");
    }

    @Test
    void aWholeAnswerMayTakeLongerThanTheIdleTimeWhileBytesFlow() {
        gateway.configure(timed("m", "\"idle\":\"1500ms\"", both()));
        first.then((request, wire) -> {
            wire.send("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n");
            var pace = new CountDownLatch(1);
            for (int i = 0; i < 10; i++) {
                wire.chunk("\n");
                assertThat(pace.await(250, TimeUnit.MILLISECONDS)).isFalse();
            }
            wire.chunk(Scripts.completion("after a long thought")).lastChunk();
        });
        assertThat(gateway.chat(WHOLE).body()).contains("after a long thought");
        assertThat(second.journal()).isEmpty();
    }

    @Test
    void whatAnUpstreamDoesAfterTheSentinelIsNotWaitedFor() {
        gateway.configure(entry("m", both()));
        first.then((request, wire) -> {
            wire.send(Scripts.streamHead());
            for (String event : Scripts.events("all ", "said")) {
                wire.chunk(event);
            }
            wire.stall();
        });
        try (var client = new RawClient(gateway.port())) {
            client.send(RawClient.chat(STREAM));
            assertThat(client.readUntil("[DONE]\n\n")).contains("all ", "said");
            assertThat(client.readUntil("0\r\n\r\n")).doesNotContain("error", "keep-alive");
        }
    }

    @Test
    void aCallerMayShortenItsCall() {
        gateway.configure(entry("m", both()));
        first.then((request, wire) -> wire.stall());
        assertThat(hasty(WHOLE).statusCode()).isEqualTo(504);
        assertThat(hasty(STREAM).statusCode()).isEqualTo(504);
        assertThat(second.journal()).isEmpty();
    }

    private HttpResponse<String> hasty(String body) {
        return gateway.post(
                "/v1/chat/completions", body, "authorization", "Bearer " + Gateway.KEY, "x-gateway-timeout-ms", "300");
    }

    @Test
    void aCallersHasteIsNotHeldAgainstTheProvider() throws InterruptedException {
        gateway.configure(entry("m", both()));
        first.then((request, wire) -> wire.stall());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> call = () -> hasty(STREAM).statusCode();
            assertThat(threads.invokeAll(Stream.generate(() -> call).limit(30).toList()))
                    .allSatisfy(status -> assertThat(status.get()).isEqualTo(504));
        }
        first.now(Scripts.says("still trusted"));
        assertThat(gateway.chat(WHOLE).body()).contains("still trusted");
    }

    @Test
    void heartbeatsKeepAStreamAwakeAndFailoverGoesOn() {
        try (var eager = Gateway.start(Map.of("serai.door.heartbeat", "300ms"))) {
            eager.configure(timed("m", "\"firstByte\":\"1500ms\",\"idle\":\"60s\"", both()));
            thoughtIsBridged(eager);
            failoverAfterTheCommit(eager);
            errorAfterTheCommit(eager);
        }
    }

    private void thoughtIsBridged(Gateway eager) {
        var seen = new CountDownLatch(1);
        first.now((request, wire) -> {
            wire.send(Scripts.streamHead()).chunk(CONTENT);
            wire.await(seen);
            wire.chunk(data(chunk("{}", "\"stop\"")) + data("[DONE]")).lastChunk();
        });
        try (var client = new RawClient(eager.port())) {
            client.send(RawClient.chat(STREAM));
            assertThat(client.readUntil(": keep-alive\n\n").split(": keep-alive")[0])
                    .contains("HTTP/1.1 200", "text/event-stream");
            seen.countDown();
            assertThat(client.readUntil("0\r\n\r\n")).contains("begun", "[DONE]");
        }
    }

    private void failoverAfterTheCommit(Gateway eager) {
        first.now((request, wire) -> wire.stall());
        second.now(Scripts.streams("from ", "the second"));
        var answer = eager.chat(STREAM);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith(": keep-alive\n\n").contains("the second", "[DONE]");
    }

    private void errorAfterTheCommit(Gateway eager) {
        first.now((request, wire) -> wire.stall());
        second.now(Scripts.error(401, "invalid_api_key"));
        var charged = Charged.since(eager);
        var answer = eager.chat(STREAM);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .startsWith(": keep-alive\n\n")
                .contains("data: {\"error\"")
                .doesNotContain("[DONE]", "invalid_api_key");
        assertThat(charged.events())
                .singleElement()
                .matches(event -> event.status() == 200 && event.outcome().equals("cut"));
    }
}
