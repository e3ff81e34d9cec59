package dev.serai.provider.zaiweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SingleFlightTest {

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean refuses;
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private final SingleFlight<String, String> flight =
            new SingleFlight<>(this::answer, value -> Duration.ofMinutes(1), nanos::get);

    private String answer(String key) {
        int number = asked.incrementAndGet();
        try {
            assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        if (refuses) {
            throw new Refusal(Kind.UPSTREAM_ERROR, "not today");
        }
        return key + number;
    }

    private String get() {
        return flight.get("v", abort -> {});
    }

    @Test
    void allWhoWantItAtOnceWaitForOneAnswer() throws InterruptedException {
        gate = new CountDownLatch(1);
        var waiting = new CountDownLatch(50);
        var got = new ConcurrentLinkedQueue<String>();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 50; i++) {
            threads.add(Thread.ofVirtual().start(() -> got.add(flight.get("v", abort -> waiting.countDown()))));
        }
        assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();
        gate.countDown();
        for (var thread : threads) {
            thread.join();
        }
        assertThat(got).hasSize(50).containsOnly("v1");
        assertThat(asked).hasValue(1);
    }

    @Test
    void whoeverWaitsCanBeSentAwayAndTheOthersGoOn() {
        gate = new CountDownLatch(1);
        assertThatThrownBy(() -> flight.get("v", Runnable::run)).isInstanceOf(Refusal.class);
        gate.countDown();
        assertThat(get()).isEqualTo("v1");
    }

    @Test
    void aHangingKeyHoldsNoOtherUp() {
        gate = new CountDownLatch(1);
        assertThatThrownBy(() -> flight.get("hangs", Runnable::run)).isInstanceOf(Refusal.class);
        await().until(() -> asked.get() == 1);
        gate = new CountDownLatch(0);
        assertThat(get()).isEqualTo("v2");
    }

    @Test
    void aRefusalIsBelievedForAMoment() {
        refuses = true;
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(this::get).isInstanceOf(Refusal.class).hasMessage("not today");
            assertThatThrownBy(() -> flight.again("v", abort -> {})).hasMessage("not today");
        }
        assertThat(asked).hasValue(1);
        refuses = false;
        nanos.addAndGet(SingleFlight.MOMENT.plusSeconds(2).toNanos());
        assertThat(get()).isEqualTo("v2");
    }

    @Test
    void aValueIsBelievedForItsLife() {
        assertThat(List.of(get(), get())).containsOnly("v1");
        nanos.addAndGet(Duration.ofMinutes(2).toNanos());
        assertThat(get()).isEqualTo("v2");
    }

    @Test
    void aValueCanBeAskedForAnewAndForgotten() {
        assertThat(get()).isEqualTo("v1");
        assertThat(flight.again("v", abort -> {})).isEqualTo("v2");
        flight.forget("v", "v1");
        assertThat(get()).isEqualTo("v2");
        flight.forget("v", "v2");
        assertThat(get()).isEqualTo("v3");
    }
}
