package dev.serai.proof;

import static dev.serai.testkit.RoutesYaml.entry;
import static dev.serai.testkit.RoutesYaml.provider;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.testkit.Charged;
import dev.serai.testkit.FakeUpstream;
import dev.serai.testkit.Figures;
import dev.serai.testkit.ForkedGateway;
import dev.serai.testkit.KeptConnection;
import dev.serai.testkit.KillableDatabase;
import dev.serai.testkit.LedgerSums;
import dev.serai.testkit.LimitedKeys;
import dev.serai.testkit.Scripts;
import dev.serai.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** However often the gateway or its database is killed, the ledger of keys with limits adds up and nothing stays reserved. */
class LedgerCrashProof {

    private static final String WHOLE = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String STREAM = WHOLE.replace("\"model\"", "\"stream\":true,\"model\"");
    private static final int CALLERS = 16;
    private static final int KILLS = 5;
    private static final int KEYS = 4;
    private static final long SEED = 20261128;

    private final FakeUpstream upstream = new FakeUpstream().then((request, wire) -> {
        if (request.body().contains("\"stream\":true")) {
            Scripts.streams("a ", "stream").play(request, wire);
        } else {
            Scripts.says("whole").play(request, wire);
        }
    });
    private final String routes = entry("m", provider("openai", upstream, "OPENAI_KEY_1"));
    private final Random random = new Random(SEED);
    private final AtomicInteger completed = new AtomicInteger();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        upstream.close();
    }

    private static List<String> keys(JdbcClient jdbc) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < KEYS; i++) {
            keys.add(LimitedKeys.perDay(jdbc, 100_000_000));
        }
        return keys;
    }

    private List<Future<?>> callers(ExecutorService threads, int port, List<String> keys, AtomicBoolean going) {
        List<Future<?>> callers = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            String key = keys.get(caller % keys.size());
            callers.add(threads.submit(() -> call(port, key, going)));
        }
        return callers;
    }

    /** Calls one after the other; a refusal while the database is away is no failure. */
    private Void call(int port, String key, AtomicBoolean going) throws IOException {
        try (var client = new KeptConnection(port)) {
            for (int turn = 0; going.get(); turn++) {
                var answer = client.chat(key, turn % 2 == 0 ? WHOLE : STREAM);
                assertThat(answer.status()).as(answer.body()).isIn(200, 503);
                if (answer.status() == 200) {
                    completed.incrementAndGet();
                }
            }
        }
        return null;
    }

    private void awaitFurtherCalls() {
        int until = completed.get() + 50 + random.nextInt(200);
        await().atMost(Duration.ofSeconds(60)).until(() -> completed.get() >= until);
    }

    private static void awaitNothingReserved(JdbcClient jdbc) {
        jdbc.sql("update reservation set deadline = now()").update();
        await().atMost(Duration.ofSeconds(40))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(LedgerSums.open(jdbc)).isZero());
    }

    @Test
    void killedGatewaysLeaveALedgerThatAddsUp() throws Exception {
        try (var database = TestDatabase.fresh()) {
            var plan = ForkedGateway.plan(folder, database.url().reveal(), routes);
            List<String> keys = new ArrayList<>();
            long open = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                        var gateway = plan.start()) {
                    if (keys.isEmpty()) {
                        keys.addAll(keys(database.jdbc()));
                    }
                    callers(threads, gateway.port(), keys, new AtomicBoolean(true));
                    awaitFurtherCalls();
                    gateway.kill();
                }
                open += LedgerSums.open(database.jdbc());
                assertThat(LedgerSums.drift(database.jdbc())).isEmpty();
            }
            try (var again = plan.start()) {
                await().atMost(Duration.ofSeconds(30)).until(() -> Charged.isEmpty(folder.resolve("journal")));
                awaitNothingReserved(database.jdbc());
                assertThat(again.isAlive()).isTrue();
            }
            assertThat(LedgerSums.drift(database.jdbc())).isEmpty();
            Figures.say("%d kills, %,d calls, %d reserved at a kill; drift 0, reserved 0"
                    .formatted(KILLS, completed.get(), open));
        }
    }

    @Test
    void killedDatabasesLeaveALedgerThatAddsUp() throws Exception {
        try (var database = new KillableDatabase(folder.resolve("database"));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var plan =
                    ForkedGateway.plan(folder.resolve("gateway"), database.url().reveal(), routes);
            try (var gateway = plan.start()) {
                var jdbc = JdbcClient.create(TestDatabase.plain(database.url()));
                var going = new AtomicBoolean(true);
                var callers = callers(threads, gateway.port(), keys(jdbc), going);
                for (int kill = 0; kill < KILLS; kill++) {
                    awaitFurtherCalls();
                    database.kill();
                    database.restart();
                }
                awaitFurtherCalls();
                going.set(false);
                for (var caller : callers) {
                    caller.get();
                }
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(served(jdbc)).isEqualTo(completed.get()));
                awaitNothingReserved(jdbc);
                assertThat(LedgerSums.drift(jdbc)).isEmpty();
                Figures.say("%d kills, %,d calls; drift 0, reserved 0".formatted(KILLS, completed.get()));
            }
        }
    }

    private static long served(JdbcClient jdbc) {
        return jdbc.sql("select count(*) from usage_event where outcome = 'ok'")
                .query(Long.class)
                .single();
    }
}
