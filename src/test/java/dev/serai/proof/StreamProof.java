package dev.serai.proof;

import static dev.serai.testkit.RoutesYaml.entry;
import static dev.serai.testkit.RoutesYaml.provider;
import static dev.serai.testkit.RoutesYaml.translated;
import static dev.serai.testkit.Scripts.chunk;
import static dev.serai.testkit.Scripts.data;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testkit.FakeUpstream;
import dev.serai.testkit.FakeUpstream.Script;
import dev.serai.testkit.Gateway;
import dev.serai.testkit.RawClient;
import dev.serai.testkit.Scripts;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a stream when its upstream does anything but behave; on both lanes. */
class StreamProof {

    private static final String STREAM =
            "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final byte[] WHOLE_STREAM =
            String.join("", Scripts.events("Grüße ", "🙂 ", "und ", "Ende")).getBytes(StandardCharsets.UTF_8);

    private final FakeUpstream upstream = new FakeUpstream();
    private final Gateway gateway = Gateway.shared();

    enum Lane {
        PASSTHROUGH,
        TRANSLATED
    }

    private void use(Lane lane) {
        String provider = provider("openai", upstream, "OPENAI_KEY_1");
        gateway.configure(lane == Lane.PASSTHROUGH ? entry("m", provider) : translated("m", provider));
    }

    @AfterEach
    void close() {
        upstream.close();
    }

    @ParameterizedTest
    @EnumSource(Lane.class)
    void cutAnswerNeverLooksComplete(Lane lane) {
        use(lane);
        var random = new Random(20261121);
        for (int i = 0; i < 200; i++) {
            int cut = random.nextInt(WHOLE_STREAM.length - 1);
            boolean reset = random.nextBoolean();
            upstream.now(cutAt(cut, reset));
            String body = gateway.chat(STREAM).body();
            assertThat(body)
                    .as("cut at byte %d of %d by %s: %s", cut, WHOLE_STREAM.length, reset ? "reset" : "FIN", body)
                    .doesNotContain("[DONE]")
                    .contains("\"error\"");
        }
    }

    private static Script cutAt(int cut, boolean reset) {
        return (request, wire) -> {
            wire.send(Scripts.streamHead());
            wire.chunk(Arrays.copyOf(WHOLE_STREAM, cut));
            if (reset) {
                wire.reset();
            } else {
                wire.close();
            }
        };
    }

    @ParameterizedTest
    @EnumSource(Lane.class)
    void anyCuttingOfTheBytesGivesTheSameStream(Lane lane) {
        use(lane);
        upstream.now(Scripts.streams("Grüße ", "🙂 ", "und ", "Ende"));
        String expected = gateway.chat(STREAM).body();
        assertThat(expected).contains("Grüße", "🙂", "[DONE]");
        for (int step : new int[] {1, 2, 3, 5, 7, 64}) {
            upstream.now((request, wire) -> {
                wire.send(Scripts.streamHead());
                for (int from = 0; from < WHOLE_STREAM.length; from += step) {
                    wire.chunk(Arrays.copyOfRange(WHOLE_STREAM, from, Math.min(WHOLE_STREAM.length, from + step)));
                }
                wire.lastChunk();
            });
            assertThat(withoutIds(gateway.chat(STREAM).body()))
                    .as("in steps of %d", step)
                    .isEqualTo(withoutIds(expected));
        }
    }

    private static String withoutIds(String stream) {
        return stream.replaceAll("req_[0-9a-v]{24}", "req");
    }

    @ParameterizedTest
    @EnumSource(Lane.class)
    void lineEndsCommentsAndMissingSentinelsAreBorne(Lane lane) {
        use(lane);
        upstream.now(Scripts.streams(java.util.List.of(
                ": hello\r\n\r\n",
                "data:" + chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null") + "\r\n\r\n",
                ": still there\n\n",
                "data: " + chunk("{\"content\":\"one\"}", "null") + "\r\r",
                "event: message\ndata: " + chunk("{\"content\":\" two\"}", "null") + "\n\n",
                "data: " + chunk("{}", "\"stop\"") + "\n\n")));
        String body = gateway.chat(STREAM).body();
        assertThat(body).contains("one", "two", "[DONE]").doesNotContain("error", "still there");
    }

    @ParameterizedTest
    @EnumSource(Lane.class)
    void garbageIsAnErrorAndNeverAnEnd(Lane lane) {
        use(lane);
        String first = data(chunk("{\"content\":\"one\"}", "null"));
        for (String garbage : Stream.of(
                        data("{\"id\":"),
                        data("<html>"),
                        data("[DONE]"),
                        data("{\"error\":{\"message\":\"boom\"}}"),
                        data("\u0000"))
                .toList()) {
            upstream.now(Scripts.streams(java.util.List.of(first, garbage)));
            assertThat(gateway.chat(STREAM).body())
                    .as(garbage)
                    .contains("one", "\"error\"")
                    .doesNotContain("[DONE]", "boom", "<html>");
        }
    }

    @Test
    void theUsageChunkIsAskedForAndHiddenFromACallerWhoDidNot() {
        use(Lane.PASSTHROUGH);
        upstream.now(Scripts.streams("x"));
        assertThat(gateway.chat(STREAM).body()).doesNotContain("prompt_tokens").contains("[DONE]");
        assertThat(upstream.journal().getFirst().body()).contains("\"include_usage\":true");
        String asks = STREAM.replace("\"stream\":true", "\"stream\":true,\"stream_options\":{\"include_usage\":true}");
        assertThat(gateway.chat(asks).body()).contains("\"prompt_tokens\":5");
    }

    @Test
    void eachEventIsFlushedAsItComes() {
        use(Lane.PASSTHROUGH);
        var gates = Stream.generate(() -> new CountDownLatch(1)).limit(4).toList();
        upstream.now((request, wire) -> {
            wire.send(Scripts.streamHead());
            for (int i = 0; i < gates.size(); i++) {
                wire.chunk(data(chunk("{\"content\":\"piece" + i + "\"}", "null")));
                wire.await(gates.get(i));
            }
            wire.chunk(data(chunk("{}", "\"stop\"")) + data("[DONE]")).lastChunk();
        });
        try (var client = new RawClient(gateway.port())) {
            client.send(RawClient.chat(STREAM));
            for (int i = 0; i < gates.size(); i++) {
                assertThat(client.readUntil("piece" + i)).doesNotContain("piece" + (i + 1));
                gates.get(i).countDown();
            }
            assertThat(client.readUntil("0\r\n\r\n")).contains("[DONE]");
        }
    }

    @Test
    void aClientThatLeavesStopsTheUpstreamWhileEventsFlow() throws InterruptedException {
        use(Lane.PASSTHROUGH);
        var stopped = new CountDownLatch(1);
        upstream.now((request, wire) -> {
            wire.send(Scripts.streamHead());
            try {
                for (int i = 0; i < 100_000; i++) {
                    wire.chunk(data(chunk("{\"content\":\"tick\"}", "null")));
                    Thread.yield();
                }
            } catch (java.io.IOException gone) {
                stopped.countDown();
                throw gone;
            }
        });
        try (var client = new RawClient(gateway.port())) {
            client.send(RawClient.chat(STREAM)).readUntil("tick");
            client.reset();
        }
        assertThat(stopped.await(10, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Lane.class)
    void aClientThatLeavesStopsASilentUpstream(Lane lane) throws InterruptedException {
        use(lane);
        for (String request : java.util.List.of(STREAM, STREAM.replace("true", "false"))) {
            var silent = new CountDownLatch(1);
            var stopped = new CountDownLatch(1);
            upstream.now((received, wire) -> {
                silent.countDown();
                wire.stall();
                stopped.countDown();
            });
            try (var client = new RawClient(gateway.port())) {
                client.send(RawClient.chat(request));
                assertThat(silent.await(10, java.util.concurrent.TimeUnit.SECONDS))
                        .isTrue();
            }
            assertThat(stopped.await(10, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aWholeAnswerThatBreaksIsAnErrorAndNotHalfABody() {
        use(Lane.PASSTHROUGH);
        upstream.now((request, wire) -> {
            wire.send("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{\"id\":");
            wire.reset();
        });
        var answer = gateway.chat(STREAM.replace("true", "false"));
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("upstream_error");
    }

    @Test
    void aWholeAnswerForAStreamIsReplayedAsOne() {
        use(Lane.PASSTHROUGH);
        upstream.now(Scripts.says("all at once"));
        assertThat(gateway.chat(STREAM).body()).contains("all at once", "chat.completion.chunk", "[DONE]");
    }
}
