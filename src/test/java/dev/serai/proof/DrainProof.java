package dev.serai.proof;

import static dev.serai.testkit.RoutesYaml.entry;
import static dev.serai.testkit.RoutesYaml.provider;
import static dev.serai.testkit.Scripts.chunk;
import static dev.serai.testkit.Scripts.data;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.testkit.Charged;
import dev.serai.testkit.FakeUpstream;
import dev.serai.testkit.FakeUpstream.Received;
import dev.serai.testkit.FakeUpstream.Wire;
import dev.serai.testkit.ForkedGateway;
import dev.serai.testkit.Gateway;
import dev.serai.testkit.KeptConnection;
import dev.serai.testkit.KeptConnection.Answer;
import dev.serai.testkit.Scripts;
import dev.serai.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A stop that was asked for: what can end well within the drain time does, the rest is told, all is accounted for. */
class DrainProof {

    private static final String STREAM =
            "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"short\"}]}";
    private static final String CONTENT = data(chunk("{\"content\":\"begun\"}", "null"));
    private static final int EACH = 10;
    private static final int TERMINATED = 128 + 15;

    private final CountDownLatch running = new CountDownLatch(2 * EACH);
    private final CountDownLatch release = new CountDownLatch(1);
    private final FakeUpstream upstream = new FakeUpstream().then(this::answer);

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        upstream.close();
    }

    private void answer(Received request, Wire wire) throws IOException, InterruptedException {
        wire.send(Scripts.streamHead()).chunk(CONTENT);
        running.countDown();
        if (request.body().contains("short")) {
            wire.await(release);
            wire.chunk(data(chunk("{}", "\"stop\"")) + data("[DONE]")).lastChunk();
        } else {
            wire.stall();
        }
    }

    /** Camel's own patience is shorter than the drain time here, as it is by default: it must not cut a call. */
    @Test
    void whatRunsEndsWellOrIsToldAndTheProcessEndsByItself() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var database = TestDatabase.fresh();
                var gateway = ForkedGateway.plan(
                                folder,
                                database.url().reveal(),
                                entry("m", provider("openai", upstream, "OPENAI_KEY_1")))
                        .with("DRAIN_TIMEOUT", "8s")
                        .with("CAMEL_MAIN_SHUTDOWN_TIMEOUT", "1")
                        .start()) {
            var ending = stream(gateway, STREAM, threads);
            var endless = stream(gateway, STREAM.replace("short", "endless"), threads);
            assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
            gateway.terminate();
            await().until(() -> !takesCalls(gateway.port()));
            assertThat(ending).noneMatch(Future::isDone);
            release.countDown();
            for (var stream : ending) {
                assertThat(stream.get().body()).contains("begun", "[DONE]").doesNotContain("\"error\"");
            }
            for (var stream : endless) {
                assertThat(stream.get().body()).contains("begun", "\"error\"").doesNotContain("[DONE]");
            }
            assertThat(gateway.awaitEnd()).isEqualTo(TERMINATED);
            assertThat(outcomes(database.jdbc())).containsExactly("cut " + EACH, "ok " + EACH);
            assertThat(Charged.isEmpty(folder.resolve("journal"))).isTrue();
        }
    }

    /** A balancer keeps connections; what it sends on one that the stop has met would be lost. */
    @Test
    void aConnectionWithoutACallIsClosedByAStop() throws Exception {
        try (var gateway = Gateway.start(Map.of());
                var threads = Executors.newVirtualThreadPerTaskExecutor();
                var idle = new KeptConnection(gateway.port())) {
            assertThat(idle.get("/health").status()).isEqualTo(200);
            var closing = threads.submit(gateway::close);
            assertThat(idle.awaitEnd()).as("closed without a word").isTrue();
            closing.get();
        }
    }

    private static List<Future<Answer>> stream(ForkedGateway gateway, String body, ExecutorService threads) {
        List<Future<Answer>> streams = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            streams.add(threads.submit(() -> {
                try (var client = new KeptConnection(gateway.port())) {
                    return client.chat(body);
                }
            }));
        }
        return streams;
    }

    private static boolean takesCalls(int port) {
        try (var client = new KeptConnection(port)) {
            return client.get("/health/ready").status() == 200;
        } catch (IOException refused) {
            return false;
        }
    }

    private static List<String> outcomes(JdbcClient jdbc) {
        return jdbc.sql("select outcome || ' ' || count(*) from usage_event group by outcome order by outcome")
                .query(String.class)
                .list();
    }
}
