package dev.serai.provider.chatglmweb;

import java.time.Clock;

/** The time at the service, as far as it is known to differ from ours. Thread-safe. */
final class ServiceClock {

    private final Clock clock;
    private volatile long ahead;

    ServiceClock(Clock clock) {
        this.clock = clock;
    }

    /** Milliseconds since 1970. */
    long millis() {
        return clock.millis() + ahead;
    }

    /** @param millis the service's time now; -1 when it has not told, then nothing changes. @return whether it has told */
    boolean learn(long millis) {
        if (millis >= 0) {
            ahead = millis - clock.millis();
        }
        return millis >= 0;
    }
}
