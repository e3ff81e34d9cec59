package dev.serai.proof;

import static dev.serai.testkit.RoutesYaml.entry;
import static dev.serai.testkit.RoutesYaml.provider;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.tenant.ApiKeyFormat;
import dev.serai.testkit.Charged;
import dev.serai.testkit.FakeUpstream;
import dev.serai.testkit.FakeUpstream.Received;
import dev.serai.testkit.FakeUpstream.Wire;
import dev.serai.testkit.Figures;
import dev.serai.testkit.ForkedGateway;
import dev.serai.testkit.Gateway;
import dev.serai.testkit.KeptConnection;
import dev.serai.testkit.KillableDatabase;
import dev.serai.testkit.Scripts;
import dev.serai.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The gateway, or its database, is killed in the middle of its work. */
class CrashProof {

    private static final String WHOLE = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String STREAM = WHOLE.replace("\"model\"", "\"stream\":true,\"model\"");
    private static final String HELD = STREAM.replace("hi", "hold");
    private static final int CALLERS = 16;

    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final FakeUpstream upstream = new FakeUpstream().then(this::answer);
    private final String routes = entry("m", provider("openai", upstream, "OPENAI_KEY_1"));
    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger completed = new AtomicInteger();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        upstream.close();
    }

    private void answer(Received request, Wire wire) throws IOException, InterruptedException {
        if (request.body().contains("hold")) {
            var events = Scripts.events("held ", "to the end");
            wire.send(Scripts.streamHead()).chunk(events.get(0)).chunk(events.get(1));
            held.countDown();
            wire.await(release);
            wire.chunk(String.join("", events.subList(2, events.size()))).lastChunk();
        } else if (request.body().contains("\"stream\":true")) {
            Scripts.streams("a ", "stream").play(request, wire);
        } else {
            Scripts.says("whole").play(request, wire);
        }
    }

    /** Whole answers and streams in turn on one connection, until told to stop or the gateway is gone. */
    private Void call(int port, String key, AtomicBoolean going) throws IOException {
        try (var client = new KeptConnection(port)) {
            for (int turn = 0; going.get(); turn++) {
                started.incrementAndGet();
                var answer = client.chat(key, turn % 2 == 0 ? WHOLE : STREAM);
                assertThat(answer.status()).as(answer.body()).isEqualTo(200);
                assertThat(answer.body()).contains(turn % 2 == 0 ? "whole" : "[DONE]");
                completed.incrementAndGet();
            }
        }
        return null;
    }

    /** A call whose last byte has just gone out is still in flight: its event comes after its answer. */
    @Test
    void aKilledGatewayLosesAtMostTheCallsInFlight() throws Exception {
        try (var database = TestDatabase.fresh()) {
            var plan = ForkedGateway.plan(folder, database.url().reveal(), routes);
            killUnderLoad(plan);
            boolean waited = !Charged.isEmpty(folder.resolve("journal"));
            try (var again = plan.start()) {
                await().atMost(Duration.ofSeconds(30)).until(() -> Charged.isEmpty(folder.resolve("journal")));
                long events = Charged.count(database.jdbc());
                assertThat(events).isBetween((long) completed.get() - CALLERS, (long) started.get());
                Figures.say(events + " events of " + completed + " answers seen and " + started + " calls begun"
                        + (waited ? ", some of them only in the journal at the kill" : ""));
                assertThat(again.isAlive()).isTrue();
            }
        }
    }

    private void killUnderLoad(ForkedGateway.Plan plan) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var gateway = plan.start()) {
            for (int caller = 0; caller < CALLERS; caller++) {
                threads.submit(() -> call(gateway.port(), Gateway.KEY, new AtomicBoolean(true)));
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> completed.get() > 300);
            gateway.kill();
        }
    }

    @Test
    void aKilledDatabaseStopsNoCallAndLosesNoEvent() throws Exception {
        try (var database = new KillableDatabase(folder.resolve("database"));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var plan = ForkedGateway.plan(
                            folder.resolve("gateway"), database.url().reveal(), routes)
                    .without("PROXY_AUTH_TOKEN");
            try (var gateway = plan.start()) {
                String key = firstKey(gateway);
                var stream = hold(gateway, key, threads);
                var going = new AtomicBoolean(true);
                var load = threads.submit(() -> call(gateway.port(), key, going));
                await().until(() -> completed.get() > 50);
                database.kill();
                await().until(() -> gateway.output().stream().anyMatch(line -> line.contains("Usage waits")));
                awaitFurtherCalls(load);
                assertThat(stream.isDone()).isFalse();
                database.restart();
                awaitFurtherCalls(load);
                release.countDown();
                assertThat(stream.get().body()).contains("to the end", "[DONE]");
                going.set(false);
                load.get();
                awaitEvents(TestDatabase.plain(database.url()), completed.get() + 1);
                Figures.say(completed + " calls, none lost");
            }
        }
    }

    private static String firstKey(ForkedGateway gateway) {
        var key = Pattern.compile(ApiKeyFormat.PATTERN);
        await().until(() -> gateway.output().stream().anyMatch(key.asPredicate()));
        return key.matcher(String.join("\n", gateway.output()))
                .results()
                .map(MatchResult::group)
                .findFirst()
                .orElseThrow();
    }

    private Future<KeptConnection.Answer> hold(ForkedGateway gateway, String key, ExecutorService threads)
            throws InterruptedException {
        var stream = threads.submit(() -> {
            try (var client = new KeptConnection(gateway.port())) {
                return client.chat(key, HELD);
            }
        });
        assertThat(held.await(30, TimeUnit.SECONDS)).isTrue();
        return stream;
    }

    private void awaitFurtherCalls(Future<Void> load) {
        int before = completed.get();
        await().atMost(Duration.ofSeconds(30)).until(() -> load.isDone() || completed.get() > before + 200);
        assertThat(load.isDone()).as("a call failed").isFalse();
    }

    private static void awaitEvents(DataSource source, int expected) {
        var jdbc = JdbcClient.create(source);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(Charged.count(jdbc)).isEqualTo(expected));
    }
}
