package dev.serai.proof;

import static dev.serai.testkit.RoutesYaml.entry;
import static dev.serai.testkit.RoutesYaml.provider;
import static dev.serai.testkit.RoutesYaml.timed;
import static dev.serai.testkit.Scripts.chunk;
import static dev.serai.testkit.Scripts.data;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.testkit.FakeUpstream;
import dev.serai.testkit.FakeUpstream.Received;
import dev.serai.testkit.FakeUpstream.Wire;
import dev.serai.testkit.Figures;
import dev.serai.testkit.ForkedGateway;
import dev.serai.testkit.Gateway;
import dev.serai.testkit.KeptConnection;
import dev.serai.testkit.KeptConnection.Answer;
import dev.serai.testkit.RawClient;
import dev.serai.testkit.Scripts;
import dev.serai.testkit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory is bounded: many streams in a small heap, no more than may be, and none that grows because its reader is slow. */
class MemoryProof {

    private static final String STREAM =
            "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String TICK = data(chunk("{\"content\":\"tick\"}", "null"));
    private static final String END = data(chunk("{}", "\"stop\"")) + data("[DONE]");

    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicLong ticks = new AtomicLong();
    private final FakeUpstream upstream = new FakeUpstream();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        upstream.close();
    }

    private void holds(CountDownLatch running) {
        upstream.then((request, wire) -> {
            wire.send(Scripts.streamHead()).chunk(TICK);
            running.countDown();
            int count = 1;
            while (!release.await(1, TimeUnit.SECONDS)) {
                wire.chunk(TICK);
                count++;
            }
            ticks.addAndGet(count);
            wire.chunk(END).lastChunk();
        });
    }

    private static List<Future<Answer>> stream(int port, int count, ExecutorService threads) {
        List<Future<Answer>> streams = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            streams.add(threads.submit(() -> {
                try (var client = new KeptConnection(port)) {
                    return client.chat(STREAM);
                }
            }));
        }
        return streams;
    }

    private void assertWhole(List<Future<Answer>> streams) throws Exception {
        long came = 0;
        for (var stream : streams) {
            String body = stream.get().body();
            assertThat(body).contains("[DONE]").doesNotContain("\"error\"");
            came += body.split("tick", -1).length - 1;
        }
        assertThat(came).isEqualTo(ticks.get());
    }

    @Test
    void aThousandStreamsFitIntoASmallHeap() throws Exception {
        var running = new CountDownLatch(1000);
        holds(running);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var database = TestDatabase.fresh();
                var gateway = ForkedGateway.plan(
                                folder,
                                database.url().reveal(),
                                entry("m", provider("openai", upstream, "OPENAI_KEY_1")))
                        .option("-Xmx256m")
                        .option("-XX:+ExitOnOutOfMemoryError")
                        .start()) {
            var streams = stream(gateway.port(), 1000, threads);
            assertThat(running.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(streams).noneMatch(Future::isDone);
            release.countDown();
            assertWhole(streams);
            Figures.say("1,000 streams with -Xmx256m, all whole");
        }
    }

    @Test
    void callsPastTheBoundAreRefusedAndTheOthersLive() throws Exception {
        var running = new CountDownLatch(200);
        holds(running);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var gateway = Gateway.start(Map.of("serai.door.max-streams", "200"))) {
            gateway.configure(entry("m", provider("openai", upstream, "OPENAI_KEY_1")));
            var streams = stream(gateway.port(), 200, threads);
            assertThat(running.await(60, TimeUnit.SECONDS)).isTrue();
            for (var refused : stream(gateway.port(), 50, threads)) {
                assertThat(refused.get().status()).isEqualTo(503);
                assertThat(refused.get().header("retry-after")).isNotEmpty();
                assertThat(refused.get().body()).contains("overloaded");
            }
            release.countDown();
            assertWhole(streams);
            assertThat(upstream.journal()).hasSize(200);
            await().until(() -> gateway.chat(STREAM).statusCode() == 200);
        }
    }

    /** What has been sent until then fills the kernel's socket buffers. The upstream that waits is not taken for a silent one. */
    @Test
    void aSlowReaderHoldsItsUpstreamBackAndNobodyElse() throws Exception {
        var gateway =
                Gateway.shared().configure(timed("m", "\"idle\":\"1s\"", provider("openai", upstream, "OPENAI_KEY_1")));
        var sent = new AtomicLong();
        var enough = new AtomicBoolean();
        upstream.then((request, wire) -> pour(request, wire, sent, enough));
        try (var client = new RawClient(gateway.port(), 64 * 1024)) {
            client.send(RawClient.chat(STREAM));
            awaitStandstill(sent);
            assertThat(sent.get()).isPositive().isLessThan(16 << 20);
            Figures.say("held back after " + sent.get() / 1024 + " KiB");
            upstream.then(Scripts.streams("not ", "held back"));
            for (int i = 0; i < 10; i++) {
                assertThat(gateway.chat(STREAM).body()).contains("held back", "[DONE]");
            }
            enough.set(true);
            assertThat(lastOf(client.in())).contains("[DONE]").doesNotContain("\"error\"");
        }
    }

    private static void pour(Received request, Wire wire, AtomicLong sent, AtomicBoolean enough) throws IOException {
        String event = data(chunk("{\"content\":\"" + "x".repeat(4000) + "\"}", "null"));
        wire.send(Scripts.streamHead());
        while (!enough.get()) {
            wire.chunk(event);
            sent.addAndGet(event.length());
        }
        wire.chunk(END).lastChunk();
    }

    /** Nothing more has been taken for longer than the idle time. */
    private static void awaitStandstill(AtomicLong sent) {
        var before = new AtomicLong(-1);
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(2))
                .until(() -> before.getAndSet(sent.get()) == sent.get());
    }

    /** Reads all of it. @return the last bytes of the answer */
    private static String lastOf(InputStream in) throws IOException {
        String last = "";
        byte[] piece = new byte[64 * 1024];
        while (!last.endsWith("0\r\n\r\n")) {
            int count = in.read(piece);
            if (count < 0) {
                return last;
            }
            last += new String(piece, 0, count, StandardCharsets.US_ASCII);
            last = last.substring(Math.max(0, last.length() - 1000));
        }
        return last;
    }
}
