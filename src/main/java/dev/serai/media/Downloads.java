package dev.serai.media;

import dev.serai.call.Call;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** How many files each key is being passed at once, by this gateway. Thread-safe. */
final class Downloads {

    private static final Duration LATER = Duration.ofSeconds(5);

    private final int most;
    private final ConcurrentMap<UUID, Integer> running = new ConcurrentHashMap<>();

    /** @param most of one key */
    Downloads(int most) {
        this.most = most;
    }

    /** Counts the call until its end. @throws Refusal when its key has as many as it may have */
    void enter(Call call) {
        var key = call.key().id();
        if (running.merge(key, 1, Integer::sum) > most) {
            leave(key);
            throw new Refusal(Failure.of(
                            Kind.RATE_LIMITED,
                            FailureClass.CLIENT,
                            "This key is being passed " + most + " files already; wait until one has ended.")
                    .withRetryAfter(LATER));
        }
        call.atEnd(() -> leave(key));
    }

    private void leave(UUID key) {
        running.computeIfPresent(key, (id, count) -> count == 1 ? null : count - 1);
    }
}
