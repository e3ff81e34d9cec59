package dev.serai.routing;

import static dev.serai.routing.Entries.entry;
import static dev.serai.routing.Entries.provider;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.credential.TestNanos;
import dev.serai.routing.config.ModelEntry;
import dev.serai.routing.config.Strategy;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CandidatePlanTest {

    private final Random random = new Random(7);

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void everyStrategyNamesEveryProviderOnce(Strategy strategy) {
        var plan = CandidatePlan.of(
                entry(strategy, provider("A", 1), provider("B", 1), provider("C", 1), provider("D", 1)),
                random,
                CredentialPools.NONE);
        for (int i = 0; i < 20; i++) {
            assertThat(plan.ordered("").stream().map(PlannedProvider::position)).containsExactlyInAnyOrder(0, 1, 2, 3);
        }
    }

    @Test
    void orderedIsAsWritten() {
        var plan = CandidatePlan.of(entry(provider("A", 1), provider("B", 1)), random, CredentialPools.NONE);
        assertThat(plan.ordered("x").stream().map(PlannedProvider::position)).containsExactly(0, 1);
    }

    @Test
    void weightsAreTheSharesOfTheFirstPlace() {
        assertThat(firstPlaces(entry(Strategy.WEIGHTED, provider("A", 1, 1, null), provider("B", 1, 3, null)))[1])
                .isBetween(7_200, 7_800);
        assertThat(firstPlaces(entry(Strategy.RANDOM, provider("A", 1, 1, null), provider("B", 1, 3, null)))[1])
                .isBetween(4_700, 5_300);
    }

    @Test
    void anEntryWithoutProvidersHasNoCandidates() {
        var walker = new Walker();
        try (var walk = walker.walk(entry(Strategy.ROUND_ROBIN))) {
            assertThat(walk.next()).isNull();
            assertThat(walk.verdict().retryAfter()).hasMinutes(1);
        }
    }

    @Test
    void aProviderWithoutKeysIsOneCandidateWithoutAKey() {
        var walker = new Walker();
        try (var walk = walker.walk(entry(provider("A", 0)))) {
            assertThat(walk.next()).extracting(Candidate::key).isNull();
        }
    }

    @Test
    void aPlanIsMadeOnceForAnEntry() {
        var plans = new CandidatePlans(new TestNanos(), random, CredentialPools.NONE);
        var entry = entry(provider("A", 1));
        assertThat(plans.plan(entry)).isSameAs(plans.plan(entry));
        assertThat(plans.plan(entry(provider("A", 1)))).isNotSameAs(plans.plan(entry));
    }

    private int[] firstPlaces(ModelEntry entry) {
        var plan = CandidatePlan.of(entry, random, CredentialPools.NONE);
        var first = new int[entry.providers().size()];
        for (int i = 0; i < 10_000; i++) {
            first[plan.ordered("").getFirst().position()]++;
        }
        return first;
    }
}
