package dev.serai.inbound;

import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The bound on bytes of request bodies, and of what is made of them, held at once by all calls together. */
public final class BodyBudget {

    private final AtomicLong free;

    public BodyBudget(long bytes) {
        free = new AtomicLong(bytes);
    }

    /** Takes {@code bytes}, or refuses the call with 503 when so many are not free. */
    public void take(long bytes) {
        if (free.addAndGet(-bytes) < 0) {
            free.addAndGet(bytes);
            throw new Refusal(Failure.of(
                            Kind.OVERLOADED,
                            FailureClass.GATEWAY,
                            "The gateway holds too many request bodies right now.")
                    .withRetryAfter(Duration.ofSeconds(1)));
        }
    }

    /** What was taken is not held any more. */
    public void giveBack(long bytes) {
        free.addAndGet(bytes);
    }

    /** Bytes that may still be taken. */
    public long free() {
        return free.get();
    }
}
