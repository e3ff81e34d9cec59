package dev.serai.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Runs the same work on several platform threads at once. */
public final class Together {

    private Together() {}

    /** Runs {@code work} {@code times} times on each of eight threads, and fails as one of them does. */
    public static void run(int times, Runnable work) throws InterruptedException {
        var start = new CountDownLatch(1);
        var failed = new AtomicReference<@Nullable Throwable>();
        var threads = IntStream.range(0, 8)
                .mapToObj(i -> Thread.ofPlatform()
                        .uncaughtExceptionHandler((t, e) -> failed.set(e))
                        .start(() -> {
                            await(start);
                            for (int n = 0; n < times; n++) {
                                work.run();
                            }
                        }))
                .toList();
        start.countDown();
        for (var thread : threads) {
            thread.join();
        }
        assertThat(failed.get()).isNull();
    }

    private static void await(CountDownLatch start) {
        try {
            start.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Counts how many threads are in a section at once. */
    public static final class Section {
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        public void pass() {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            for (int i = 0; i < 50; i++) {
                Thread.onSpinWait();
            }
            inside.decrementAndGet();
        }

        public int most() {
            return most.get();
        }
    }
}
