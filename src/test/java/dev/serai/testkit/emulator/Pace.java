package dev.serai.testkit.emulator;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** When the next event of a stream may go out. */
public interface Pace {

    /** As fast as the wire takes them. */
    Pace FREE = left -> left.getCount() > 0;

    /** Waits until the next event is due. @return false when the other side has left meanwhile */
    boolean next(CountDownLatch left) throws InterruptedException;

    /** A fixed time before each event. */
    static Pace every(Duration time) {
        return left -> !left.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** As many as the test lets go. */
    static Steps steps() {
        return new Steps();
    }

    /** A pace that the test sets event by event. */
    final class Steps implements Pace {

        private final Semaphore permits = new Semaphore(0);

        /** Lets further events go. */
        public Steps go(int events) {
            permits.release(events);
            return this;
        }

        /** Lets all that is still to come go. */
        public void goOn() {
            permits.release(1_000_000);
        }

        @Override
        public boolean next(CountDownLatch left) throws InterruptedException {
            while (left.getCount() > 0) {
                if (permits.tryAcquire(5, TimeUnit.MILLISECONDS)) {
                    return true;
                }
            }
            return false;
        }
    }
}
