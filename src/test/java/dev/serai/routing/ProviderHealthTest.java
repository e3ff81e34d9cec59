package dev.serai.routing;

import static dev.serai.routing.Walker.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.credential.TestNanos;
import dev.serai.credential.Together;
import dev.serai.message.FailureClass;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class ProviderHealthTest {

    private static final ProviderModel MODEL = new ProviderModel("openai", "https://a", "m");

    private final TestNanos time = new TestNanos();
    private final ProviderHealth health = new ProviderHealth(time, new Random(7));

    @Test
    void halfOfTwentyFailedCallsOpenTheBreakerForTenSeconds() {
        for (int i = 0; i < 20; i++) {
            var ticket = enter();
            if (i % 2 == 0) {
                health.failed(ticket, failure(FailureClass.UPSTREAM));
            } else {
                health.succeeded(ticket);
            }
        }
        assertThat(health.enter(MODEL, true)).isNull();
        assertThat(health.left(MODEL)).isEqualTo(Duration.ofSeconds(10));
        time.pass(Duration.ofSeconds(10));
        assertThat(health.enter(MODEL, true)).isNull();
        time.pass(Duration.ofNanos(1));
        assertThat(health.enter(MODEL, false)).isNotNull();
        assertThat(health.enter(MODEL, true)).isNull();
        assertThat(health.view().getFirst().breaker()).isEqualTo("half_open");
    }

    @Test
    void theProbeDecides() {
        open();
        time.pass(Duration.ofSeconds(11));
        health.failed(enter(), failure(FailureClass.NETWORK));
        assertThat(health.enter(MODEL, false)).isNull();
        time.pass(Duration.ofSeconds(11));
        health.abandoned(enter());
        health.failed(enter(), failure(FailureClass.RATE));
        health.succeeded(enter());
        assertThat(enter()).isNotNull();
        assertThat(enter()).isNotNull();
        assertThat(health.left(MODEL)).isZero();
    }

    @Test
    void callsFromBeforeTheBreakerOpenedAreNotHeard() {
        var early = enter();
        var gone = enter();
        open();
        time.pass(Duration.ofSeconds(11));
        var probe = enter();
        health.succeeded(early);
        health.abandoned(gone);
        assertThat(health.enter(MODEL, false)).isNull();
        health.succeeded(probe);
        assertThat(enter()).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureClass.class,
            names = {"UPSTREAM", "NETWORK", "TIMEOUT_FIRST_BYTE", "STREAM_BROKEN", "OVERLOAD"},
            mode = Mode.EXCLUDE)
    void refusalsNeverOpenTheBreaker(FailureClass type) {
        for (int i = 0; i < 100; i++) {
            health.failed(Objects.requireNonNull(health.enter(MODEL, true)), failure(type));
        }
        assertThat(health.enter(MODEL, true)).isNotNull();
    }

    @Test
    void anOverloadRestsFiveToThirtySecondsOrAsTold() {
        long expected = 5;
        for (int i = 0; i < 5; i++) {
            health.failed(enter(), failure(FailureClass.OVERLOAD));
            assertThat(health.enter(MODEL, false)).isNull();
            assertThat(health.left(MODEL))
                    .isBetween(Duration.ofSeconds(expected), Duration.ofMillis(Math.min(30_000, expected * 1250)));
            time.pass(health.left(MODEL));
            expected = Math.min(30, expected * 2);
        }
        health.succeeded(enter());
        health.failed(enter(), failure(FailureClass.OVERLOAD, Duration.ofSeconds(100)));
        assertThat(health.left(MODEL)).isEqualTo(Duration.ofSeconds(100));
        assertThat(health.enter(MODEL, true)).isNull();
    }

    @Test
    void aFlappingUpstreamIsAskedLittle() {
        int asked = 0;
        int openedAfter = 0;
        for (int i = 0; i < 6_000; i++) {
            var ticket = health.enter(MODEL, true);
            if (ticket != null) {
                asked++;
                health.failed(ticket, failure(FailureClass.UPSTREAM));
            } else if (openedAfter == 0) {
                openedAfter = asked;
            }
            time.pass(Duration.ofMillis(10));
        }
        assertThat(openedAfter).isEqualTo(20);
        assertThat(asked).isLessThanOrEqualTo(20 + 6);
    }

    @Test
    void manyThreadsNeverProbeTogether() throws Exception {
        open();
        time.pass(Duration.ofSeconds(11));
        var section = new Together.Section();
        Together.run(2_000, () -> {
            var ticket = health.enter(MODEL, true);
            if (ticket != null) {
                section.pass();
                health.abandoned(ticket);
            }
        });
        assertThat(section.most()).isEqualTo(1);
        health.succeeded(enter());
        assertThat(health.left(MODEL)).isZero();
    }

    @Test
    void anotherModelOfTheUpstreamIsNotTouched() {
        open();
        assertThat(health.enter(new ProviderModel("openai", "https://a", "n"), false))
                .isNotNull();
    }

    private void open() {
        for (int i = 0; i < 20; i++) {
            health.failed(enter(), failure(FailureClass.UPSTREAM));
        }
        assertThat(health.enter(MODEL, false)).isNull();
    }

    private ProviderHealth.Ticket enter() {
        return Objects.requireNonNull(health.enter(MODEL, false));
    }
}
