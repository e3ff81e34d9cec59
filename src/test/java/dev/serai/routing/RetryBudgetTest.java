package dev.serai.routing;

import static dev.serai.routing.Entries.entry;
import static dev.serai.routing.Entries.provider;
import static dev.serai.routing.Walker.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.credential.TestNanos;
import dev.serai.credential.Together;
import dev.serai.message.FailureClass;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {

    private static final ProviderHost HOST = new ProviderHost("openai", "https://a");

    private final TestNanos time = new TestNanos();
    private final RetryBudget budget = new RetryBudget(time);

    @Test
    void aFailingProviderIsAskedTenPercentAndThreeASecondMoreAtMost() {
        int repeats = 0;
        for (int call = 0; call < 6_000; call++) {
            budget.called(HOST);
            repeats += budget.repeat(HOST) ? 1 : 0;
            repeats += budget.repeat(HOST) ? 1 : 0;
            time.pass(Duration.ofMillis(10));
        }
        assertThat(6_000 + repeats).isBetween(6_700, 6_780);
    }

    @Test
    void theLawHoldsForWholeCallsWithABreakerToo() {
        var walker = new Walker();
        var entry = entry(provider("A", 3));
        int asked = 0;
        for (int call = 0; call < 6_000; call++) {
            asked += walker.call(entry, (name, count) -> failure(FailureClass.NETWORK))
                    .size();
            walker.time.pass(Duration.ofMillis(10));
        }
        assertThat(asked).isLessThanOrEqualTo(6_780);
    }

    @Test
    void theLawHoldsWhereTheBreakerStaysClosed() {
        var walker = new Walker();
        var entry = entry(provider("A", 3));
        int asked = 0;
        for (int call = 0; call < 6_000; call++) {
            asked += walker.call(entry, (name, count) -> failure(FailureClass.EMPTY))
                    .size();
            walker.time.pass(Duration.ofMillis(10));
        }
        assertThat(asked).isBetween(6_700, 6_780);
    }

    @Test
    void anotherProviderIsNoRepeat() {
        var walker = new Walker();
        var entry = entry(provider("A", 1), provider("B", 1), provider("C", 1));
        for (int call = 0; call < 100; call++) {
            assertThat(walker.call(entry, (name, count) -> name.equals("C1") ? null : failure(FailureClass.OVERLOAD)))
                    .endsWith("C1", "ok");
        }
    }

    @Test
    void anIdleProviderHasThreeRepeatsSaved() {
        time.pass(Duration.ofHours(1));
        assertThat(budget.repeat(HOST)).isTrue();
        assertThat(budget.repeat(HOST)).isTrue();
        assertThat(budget.repeat(HOST)).isTrue();
        assertThat(budget.repeat(HOST)).isFalse();
        time.pass(Duration.ofMillis(339));
        assertThat(budget.repeat(HOST)).isTrue();
        assertThat(budget.repeat(HOST)).isFalse();
    }

    @Test
    void threadsShareTheBudget() throws Exception {
        var granted = new AtomicInteger();
        Together.run(1_000, () -> {
            budget.called(HOST);
            granted.addAndGet(budget.repeat(HOST) ? 1 : 0);
        });
        assertThat(granted.get()).isBetween(780, 803);
    }
}
