package dev.serai.proof;

import static dev.serai.testkit.RoutesYaml.provider;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.routing.config.Reload;
import dev.serai.routing.config.RoutesConfigStore;
import dev.serai.testkit.FakeUpstream;
import dev.serai.testkit.FakeUpstream.Received;
import dev.serai.testkit.FakeUpstream.Wire;
import dev.serai.testkit.Figures;
import dev.serai.testkit.Gateway;
import dev.serai.testkit.KeptConnection;
import dev.serai.testkit.Scripts;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A new ROUTES_CONFIG is swapped in whole under running calls: none fails, and none changes its entry on the way. */
class ReloadProof {

    private static final String WHOLE = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String STREAM = WHOLE.replace("\"model\"", "\"stream\":true,\"model\"");
    private static final String HELD = STREAM.replace("\"m\"", "\"old\"");
    private static final int SWAPS = 30;
    private static final int STREAMS = 5;

    private final CountDownLatch held = new CountDownLatch(STREAMS);
    private final CountDownLatch release = new CountDownLatch(1);
    private final FakeUpstream one = new FakeUpstream().then(this::answer);
    private final FakeUpstream two = new FakeUpstream().then(this::answer);
    private final Gateway gateway = Gateway.shared();
    private final RoutesConfigStore store = gateway.bean(RoutesConfigStore.class);

    @AfterEach
    void close() {
        one.close();
        two.close();
    }

    private void answer(Received request, Wire wire) throws IOException, InterruptedException {
        if (!request.body().contains("\"stream\":true")) {
            Scripts.says("whole").play(request, wire);
        } else if (request.body().contains("hold")) {
            wire.send(Scripts.streamHead());
            var events = Scripts.events("held ", "to the end");
            wire.chunk(events.get(0)).chunk(events.get(1));
            held.countDown();
            wire.await(release);
            wire.chunk(String.join("", events.subList(2, events.size()))).lastChunk();
        } else {
            Scripts.streams("a ", "stream").play(request, wire);
        }
    }

    private String config(FakeUpstream upstream, String further) {
        String entry = ":{\"providers\":[" + provider("openai", upstream, "OPENAI_KEY_1") + "]}";
        return "{\"m\"" + entry + ",\"" + further + "\"" + entry + "}";
    }

    @Test
    void noCallNoticesASwap() throws Exception {
        gateway.configure(config(one, "old"));
        var going = new AtomicBoolean(true);
        var calls = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var streams = hold(threads);
            List<Future<?>> load = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                load.add(threads.submit(() -> callWhile(going, calls)));
            }
            try {
                swapUnder(calls);
            } finally {
                going.set(false);
                release.countDown();
            }
            for (var each : load) {
                each.get();
            }
            for (var stream : streams) {
                assertThat(stream.get().body()).contains("held ", "to the end", "[DONE]");
            }
        }
        assertThat(one.journal()).isNotEmpty();
        assertThat(two.journal()).isNotEmpty();
        Figures.say(calls + " calls under " + SWAPS + " changes, none failed");
    }

    private List<Future<KeptConnection.Answer>> hold(ExecutorService threads) throws InterruptedException {
        List<Future<KeptConnection.Answer>> streams = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            streams.add(threads.submit(() -> {
                try (var client = new KeptConnection(gateway.port())) {
                    return client.chat(HELD.replace("hi", "hold"));
                }
            }));
        }
        assertThat(held.await(30, TimeUnit.SECONDS)).isTrue();
        return streams;
    }

    private Void callWhile(AtomicBoolean going, AtomicInteger calls) throws IOException {
        try (var client = new KeptConnection(gateway.port())) {
            while (going.get()) {
                var whole = client.chat(WHOLE);
                assertThat(whole.status()).as(whole.body()).isEqualTo(200);
                var stream = client.chat(STREAM);
                assertThat(stream.status()).as(stream.body()).isEqualTo(200);
                assertThat(stream.body()).contains("[DONE]");
                calls.addAndGet(2);
            }
        }
        return null;
    }

    /** Some by hand, every tenth left to the watcher; each waits until calls have gone through the one before. */
    private void swapUnder(AtomicInteger calls) {
        for (int swap = 1; swap <= SWAPS; swap++) {
            long generation = store.current().generation();
            int before = calls.get();
            String config = config(swap % 2 == 0 ? one : two, "new-" + swap);
            if (swap % 10 == 0) {
                gateway.writeConfig(config);
            } else {
                gateway.configure(config);
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> store.current().generation() > generation && calls.get() > before + 4);
        }
    }

    @Test
    void aBrokenFileChangesNothing() {
        gateway.configure(config(one, "old"));
        long generation = store.current().generation();
        for (String broken : List.of("{", "", "[]", "{\"m\":{\"providers\":[{\"provider\":\"nonsense\"}]}}")) {
            gateway.writeConfig(broken);
            assertThat(store.reload()).as(broken).isInstanceOf(Reload.Refused.class);
            assertThat(store.current().generation()).isEqualTo(generation);
            assertThat(gateway.chat(WHOLE).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whatIsGoneFromTheFileIsGoneForTheNextCall() {
        gateway.configure(config(one, "old"));
        assertThat(gateway.chat(HELD).statusCode()).isEqualTo(200);
        gateway.configure(config(one, "new"));
        assertThat(gateway.chat(HELD).statusCode()).isEqualTo(404);
    }
}
