package dev.serai.routing;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The breaker of one model at one upstream: half of the last 20 calls failed, and it stays open for 10 s; then one probe
 * at a time decides. Calls that began before it opened are not heard until it is closed again.
 */
final class ProviderBreaker {

    private static final Duration OPEN = Duration.ofSeconds(10);
    private static final int CALLS = 20;

    private final LongSupplier nanos;
    private final CircuitBreaker breaker;
    private volatile long openedAt;

    ProviderBreaker(LongSupplier nanos, Clock clock) {
        this.nanos = nanos;
        this.breaker = CircuitBreaker.of(
                "provider",
                CircuitBreakerConfig.custom()
                        .failureRateThreshold(50)
                        .slidingWindow(
                                CALLS,
                                CALLS,
                                SlidingWindowType.COUNT_BASED,
                                SlidingWindowSynchronizationStrategy.LOCK_FREE)
                        .waitDurationInOpenState(OPEN)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .clock(clock)
                        .build());
        breaker.getEventPublisher().onStateTransition(event -> openedAt = nanos.getAsLong());
    }

    /** The right to call, or null; ended by exactly one method of the permit. */
    @Nullable
    Permit permit() {
        return breaker.tryAcquirePermission() ? new Permit(breaker.getState() == State.HALF_OPEN) : null;
    }

    /** While a probe is out no other call can end the half-open state, so its word is always heard. */
    final class Permit {

        private final boolean probe;

        private Permit(boolean probe) {
            this.probe = probe;
        }

        void succeeded() {
            if (heard()) {
                breaker.onSuccess(0, TimeUnit.NANOSECONDS);
            }
        }

        void failed() {
            if (heard()) {
                breaker.onError(0, TimeUnit.NANOSECONDS, new Failed());
            }
        }

        void released() {
            if (probe) {
                breaker.releasePermission();
            }
        }

        private boolean heard() {
            return probe || breaker.getState() == State.CLOSED;
        }
    }

    private static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        private Failed() {
            super("the upstream failed", null, false, false);
        }
    }

    State state() {
        return breaker.getState();
    }

    /** Until the next probe may go. */
    Duration left() {
        return switch (breaker.getState()) {
            case OPEN -> Duration.ofNanos(Math.max(0, OPEN.toNanos() - (nanos.getAsLong() - openedAt)));
            case HALF_OPEN -> Duration.ofSeconds(1);
            default -> Duration.ZERO;
        };
    }
}
