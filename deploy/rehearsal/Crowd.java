import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Callers that ask for one whole answer after the other, until they are told to stop. */
final class Crowd implements AutoCloseable {

    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger broken = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean going = true;

    Crowd(int size, List<Integer> ports, String key) {
        for (int i = 0; i < size; i++) {
            var caller = new Caller(ports.get(i % ports.size()), key);
            threads.add(Thread.ofVirtual().start(() -> call(caller)));
        }
    }

    private void call(Caller caller) {
        while (going) {
            (caller.chat("demo") == 200 ? answered : broken).incrementAndGet();
        }
    }

    int answered() {
        return answered.get();
    }

    /** Calls that got no answer, or another one than 200. */
    int broken() {
        return broken.get();
    }

    /** Returns once so many further calls have been answered. */
    void awaitAnswers(int more) throws InterruptedException {
        int until = answered() + more;
        long end = System.nanoTime() + 60_000_000_000L;
        while (answered() < until) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "The calls do not go on: " + answered() + " answered, " + broken() + " broken.");
            }
            Thread.sleep(10);
        }
    }

    @Override
    public void close() {
        going = false;
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
