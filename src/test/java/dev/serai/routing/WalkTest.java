package dev.serai.routing;

import static dev.serai.routing.Entries.entry;
import static dev.serai.routing.Entries.provider;
import static dev.serai.routing.Walker.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.routing.config.Strategy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WalkTest {

    private final Walker walker = new Walker();

    /** Two providers with two keys each; A1 fails in a way, all others answer. */
    @ParameterizedTest
    @CsvSource({
        // class, who is tried, seconds that A1 rests, seconds that A's model rests
        "CLIENT, A1, 0, 0",
        "REASONING, A1 A1, 0, 0",
        "CONTENT, A1, 0, 0",
        "GATEWAY, A1, 0, 0",
        "CONTEXT, A1, 0, 0",
        "MODEL, A1 B1 ok, 0, 600",
        "KEY_DEAD, A1 A2 ok, 30, 0",
        "KEY_RIGHTS, A1 A2 ok, 3600, 0",
        "QUOTA, A1 A2 ok, 3600, 0",
        "QUOTA_WINDOW, A1 A2 ok, 300, 0",
        "RATE, A1 A2 ok, 1, 0",
        "OVERLOAD, A1 B1 ok, 0, 5",
        "UPSTREAM, A1 B1 ok, 0, 0",
        "TIMEOUT_FIRST_BYTE, A1 B1 ok, 0, 0",
        "STREAM_BROKEN, A1 B1 ok, 0, 0",
        "NETWORK, A1 A1 B1 ok, 0, 0",
        "EMPTY, A1 A1 B1 ok, 0, 0"
    })
    void theClassDecidesWhoIsNextAndWhatRests(FailureClass type, String tried, long keyRests, long modelRests) {
        var entry = entry(provider("A", 2), provider("B", 2));
        var names = walker.call(entry, (name, count) -> name.equals("A1") ? failure(type) : null);
        assertThat(String.join(" ", names)).isEqualTo(tried);
        var plan = walker.state.plans().plan(entry).providers().getFirst();
        assertThat(walker.state.credentials().left(plan.uses().getFirst()).toSeconds())
                .isEqualTo(keyRests);
        assertThat(walker.state.health().left(plan.model()).toSeconds()).isBetween(modelRests, modelRests * 5 / 4);
    }

    /** Every candidate fails in the same way: the order and the end of the walk. */
    @ParameterizedTest
    @CsvSource({
        "KEY_DEAD, A1 A2 B1 B2",
        "KEY_RIGHTS, A1 A2 B1 B2",
        "QUOTA, A1 A2 B1 B2",
        "QUOTA_WINDOW, A1 A2 B1 B2",
        "RATE, A1 A2 B1 B2",
        "MODEL, A1 B1",
        "OVERLOAD, A1 B1 A2",
        "UPSTREAM, A1 B1 A2",
        "TIMEOUT_FIRST_BYTE, A1 B1 A2",
        "STREAM_BROKEN, A1 B1 A2",
        "NETWORK, A1 A1 B1",
        "EMPTY, A1 A1 B1",
        "CLIENT, A1",
        "REASONING, A1 A1",
        "CONTENT, A1",
        "CONTEXT, A1"
    })
    void refusalsCostNothingAndThreeCostlyAttemptsAreTheEnd(FailureClass type, String tried) {
        var names = walker.call(entry(provider("A", 2), provider("B", 2)), (name, count) -> failure(type));
        assertThat(String.join(" ", names)).isEqualTo(tried);
    }

    @Test
    void theOnlyProvidersOtherKeysAreTriedAfterItFailed() {
        assertThat(walker.call(entry(provider("A", 5)), (name, count) -> failure(FailureClass.UPSTREAM)))
                .containsExactly("A1", "A2", "A3");
        assertThat(walker.call(entry(provider("B", 5)), (name, count) -> failure(FailureClass.OVERLOAD)))
                .containsExactly("B1", "B2", "B3");
    }

    @Test
    void theSameCredentialIsRepeatedOnceOnly() {
        var names = walker.call(entry(provider("A", 1)), (name, count) -> failure(FailureClass.NETWORK));
        assertThat(names).containsExactly("A1", "A1");
        assertThat(walker.call(
                        entry(provider("B", 1)), (name, count) -> count == 1 ? failure(FailureClass.EMPTY) : null))
                .containsExactly("B1", "B1", "ok");
    }

    @Test
    void refusalsDoNotUseUpTheCostlyAttempts() {
        var entry = entry(provider("A", 6), provider("B", 1));
        var names = walker.call(entry, (name, count) -> name.equals("B1") ? null : failure(FailureClass.RATE));
        assertThat(names).hasSize(8).endsWith("B1", "ok");
    }

    @Test
    void aPromptTooLongGoesOnlyToALargerWindow() {
        var entry = entry(
                provider("A", 2, 1, 100_000L),
                provider("B", 1, 1, 100_000L),
                provider("C", 1, 1, null),
                provider("D", 1, 1, 200_000L));
        assertThat(walker.call(entry, (name, count) -> failure(FailureClass.CONTEXT)))
                .containsExactly("A1", "D1");
    }

    @Test
    void aRequestAboveTheKeysOwnRateGoesToOtherProvidersWithoutAWait() {
        var tooLarge = new Failure(Kind.REQUEST_TOO_LARGE, FailureClass.CONTEXT, "too large", null, null);
        var names = walker.call(entry(provider("A", 2), provider("B", 1)), (name, count) -> tooLarge);
        assertThat(names).containsExactly("A1", "B1", "A2");
        assertThat(walker.state.credentials().view()).isEmpty();
    }

    @Test
    void aCredentialIsTriedOnceForAModelHoweverOftenItIsListed() {
        var entry = entry(provider("A", 1), provider("A", 1), provider("B", 1));
        assertThat(walker.call(entry, (name, count) -> failure(FailureClass.STREAM_BROKEN)))
                .containsExactly("A1", "B1");
    }

    @Test
    void failoverOffMeansOneAttempt() {
        try (var walk = walker.walk(entry(provider("A", 2), provider("B", 1)), Long.MAX_VALUE, true)) {
            walk.failed(next(walk), failure(FailureClass.RATE));
            assertThat(walk.next()).isNull();
            assertThat(walk.attempts()).isEqualTo(1);
            assertThat(walk.verdict().kind()).isEqualTo(Kind.OVERLOADED);
        }
    }

    @Test
    void nothingIsTriedAfterTheDeadline() {
        long deadline = walker.time.getAsLong() + Duration.ofSeconds(10).toNanos();
        try (var walk = walker.walk(entry(provider("A", 2), provider("B", 1)), deadline, false)) {
            var first = next(walk);
            walker.time.pass(Duration.ofSeconds(10));
            walk.failed(first, failure(FailureClass.RATE));
            assertThat(walk.next()).isNull();
            assertThat(walk.verdict().kind()).isEqualTo(Kind.TIMEOUT);
        }
    }

    @Test
    void aRestingCredentialIsSkippedUntilItsTimeIsOver() {
        var entry = entry(provider("A", 1), provider("B", 1));
        walker.call(
                entry, (name, count) -> name.equals("A1") ? failure(FailureClass.RATE, Duration.ofSeconds(7)) : null);
        assertThat(walker.call(entry, (name, count) -> null)).containsExactly("B1", "ok");
        walker.time.pass(Duration.ofSeconds(7).minusNanos(1));
        assertThat(walker.call(entry, (name, count) -> null)).containsExactly("B1", "ok");
        walker.time.pass(Duration.ofNanos(1));
        assertThat(walker.call(entry, (name, count) -> null)).containsExactly("A1", "ok");
    }

    @Test
    void anOverloadedProviderComesLastButIsTriedWhenItIsTheOnlyOne() {
        var both = entry(provider("A", 1), provider("B", 1));
        walker.call(both, (name, count) -> name.equals("A1") ? failure(FailureClass.OVERLOAD) : null);
        assertThat(walker.call(both, (name, count) -> null)).containsExactly("B1", "ok");
        assertThat(walker.call(both, (name, count) -> name.equals("B1") ? failure(FailureClass.RATE) : null))
                .containsExactly("B1", "A1", "ok");
        var only = entry(provider("C", 1));
        walker.call(only, (name, count) -> failure(FailureClass.OVERLOAD));
        assertThat(walker.call(only, (name, count) -> null)).containsExactly("C1", "ok");
    }

    @Test
    void aToldWaitOfAnOverloadedProviderIsKept() {
        var only = entry(provider("C", 1));
        walker.call(only, (name, count) -> failure(FailureClass.OVERLOAD, Duration.ofSeconds(9)));
        try (var walk = walker.walk(only)) {
            assertThat(walk.next()).isNull();
            assertThat(walk.attempts()).isZero();
            assertThat(walk.verdict().retryAfter()).isEqualTo(Duration.ofSeconds(9));
        }
    }

    @Test
    void oneHealthyKeyOfTenIsFoundByEveryCall() {
        var entry = entry(provider("A", 10));
        var calls = new HashMap<String, Integer>();
        for (int i = 0; i < 50; i++) {
            var names = walker.call(entry, (name, count) -> {
                calls.merge(name, 1, Integer::sum);
                return name.equals("A7") ? null : failure(FailureClass.KEY_DEAD);
            });
            assertThat(names).endsWith("A7", "ok");
        }
        assertThat(calls.get("A7")).isEqualTo(50);
        calls.remove("A7");
        assertThat(calls.values()).allSatisfy(count -> assertThat(count).isEqualTo(1));
    }

    @Test
    void whenAllKeysAreDeadOnlyProbesReachTheUpstream() {
        var entry = entry(provider("A", 10));
        assertThat(walker.call(entry, (name, count) -> failure(FailureClass.KEY_DEAD)))
                .hasSize(10);
        assertThat(walker.call(entry, (name, count) -> failure(FailureClass.KEY_DEAD)))
                .isEmpty();
        walker.time.pass(Duration.ofSeconds(30));
        assertThat(walker.call(entry, (name, count) -> failure(FailureClass.KEY_DEAD)))
                .hasSize(10);
        walker.time.pass(Duration.ofMinutes(30).minusNanos(1));
        assertThat(walker.call(entry, (name, count) -> failure(FailureClass.KEY_DEAD)))
                .isEmpty();
        walker.time.pass(Duration.ofNanos(1));
        assertThat(walker.call(entry, (name, count) -> null)).hasSize(2).endsWith("ok");
    }

    @Test
    void aFullProviderIsPassedBy() {
        var narrow = new Walker(1);
        var entry = entry(provider("A", 2), provider("B", 1));
        try (var first = narrow.walk(entry)) {
            first.succeeded(next(first));
            assertThat(narrow.call(entry, (name, count) -> null)).containsExactly("B1", "ok");
        }
        assertThat(narrow.call(entry, (name, count) -> null).getFirst()).startsWith("A");
    }

    @Test
    void anAbandonedProbeIsFreeForTheNextCall() {
        var entry = entry(provider("A", 1));
        walker.call(entry, (name, count) -> failure(FailureClass.KEY_DEAD));
        walker.time.pass(Duration.ofSeconds(30));
        try (var gone = walker.walk(entry)) {
            var probe = next(gone);
            assertThat(walker.call(entry, (name, count) -> null)).isEmpty();
            gone.abandoned(probe);
            assertThat(gone.next()).isNull();
        }
        try (var lost = walker.walk(entry)) {
            next(lost);
        }
        assertThat(walker.call(entry, (name, count) -> null)).containsExactly("A1", "ok");
    }

    @Test
    void anAnswerThatBreaksAfterItsFirstContentIsToldToTheBoardsOnly() {
        var entry = entry(provider("A", 1), provider("B", 1));
        try (var walk = walker.walk(entry)) {
            var first = next(walk);
            walk.succeeded(first);
            walk.failed(first, failure(FailureClass.KEY_DEAD));
            assertThat(walk.next()).isNull();
        }
        assertThat(walker.call(entry, (name, count) -> null)).containsExactly("B1", "ok");
    }

    @Test
    void whatIsToldAfterTheEndIsNotHeard() {
        var entry = entry(provider("A", 1));
        var walk = walker.walk(entry);
        var first = next(walk);
        walk.close();
        walk.failed(first, failure(FailureClass.KEY_DEAD));
        walk.succeeded(first);
        walk.abandoned(first);
        walk.close();
        assertThat(walk.next()).isNull();
        assertThat(walker.state.credentials().view()).isEmpty();
        assertThat(walker.state.limits().underWay(new ProviderHost("openai", "https://A")))
                .isZero();
    }

    @Test
    void twoCandidatesAtOnceAreAMistake() {
        try (var walk = walker.walk(entry(provider("A", 2)))) {
            var first = next(walk);
            assertThatThrownBy(walk::next).isInstanceOf(IllegalStateException.class);
            walk.failed(first, failure(FailureClass.RATE));
            assertThatThrownBy(() -> walk.failed(first, failure(FailureClass.RATE)))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(FailureClass.class)
    void everyPlaceIsGivenBack(FailureClass type) {
        walker.call(entry(provider("A", 2), provider("B", 0)), (name, count) -> failure(type));
        assertThat(walker.state.limits().underWay(new ProviderHost("openai", "https://A")))
                .isZero();
        assertThat(walker.state.limits().underWay(new ProviderHost("openai", "https://B")))
                .isZero();
    }

    @Test
    void keysTakeTurnsAndAConversationKeepsItsOwn() {
        var entry = entry(provider("A", 3));
        var names = List.of(0, 1, 2, 3, 4, 5).stream()
                .map(i -> walker.call(entry, (name, count) -> null).getFirst())
                .toList();
        assertThat(names).containsExactly("A1", "A2", "A3", "A1", "A2", "A3");
        var plan = walker.state.plans().plan(entry);
        var own = names(plan, "chat-42");
        assertThat(names(plan, "chat-42")).isEqualTo(own);
    }

    @Test
    void providersTakeTurnsUnderRoundRobin() {
        var entry = entry(Strategy.ROUND_ROBIN, provider("A", 1), provider("B", 1), provider("C", 1));
        var names = List.of(0, 1, 2, 3).stream()
                .map(i -> walker.call(entry, (name, count) -> null).getFirst())
                .toList();
        assertThat(names).containsExactly("A1", "B1", "C1", "A1");
        assertThat(walker.call(entry, (name, count) -> count == 1 ? failure(FailureClass.UPSTREAM) : null))
                .containsExactly("B1", "C1", "ok");
    }

    private String names(CandidatePlan plan, String affinity) {
        try (var walk = new Walk(walker.state, plan, affinity, Long.MAX_VALUE, false)) {
            return Walker.name(next(walk));
        }
    }

    private static Candidate next(Walk walk) {
        return Objects.requireNonNull(walk.next());
    }
}
