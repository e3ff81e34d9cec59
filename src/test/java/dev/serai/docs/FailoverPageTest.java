package dev.serai.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.serai.credential.CredentialBoard;
import dev.serai.credential.CredentialId;
import dev.serai.credential.CredentialUse;
import dev.serai.credential.TestNanos;
import dev.serai.message.FailureClass;
import dev.serai.provider.UpstreamFailure;
import dev.serai.routing.Candidate;
import dev.serai.routing.FailoverState;
import dev.serai.routing.ProviderHealth;
import dev.serai.routing.ProviderModel;
import dev.serai.routing.Walk;
import dev.serai.routing.config.ModelEntry;
import dev.serai.routing.config.ProviderEntry;
import dev.serai.routing.config.Timeouts;
import dev.serai.secret.Secret;
import dev.serai.testkit.ModelEntries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of failover say what failover does. */
class FailoverPageTest {

    private static final Page PROTOCOLS = Page.of("docs/protocols.md");
    private static final Page OPERATING = Page.of("docs/operating.md");
    /** Draws nothing, so that no jitter is added. */
    private static final RandomGenerator NO_JITTER = () -> 0;

    static Stream<List<String>> classes() {
        return PROTOCOLS.table("Class").stream();
    }

    @Test
    void everyClassIsInBothTables() {
        var all = Arrays.stream(FailureClass.values()).map(Enum::name).toList();
        assertThat(classes().map(List::getFirst)).containsExactlyInAnyOrderElementsOf(all);
        assertThat(OPERATING.table("Class").stream()
                        .flatMap(row -> Arrays.stream(row.getFirst().split(", "))))
                .containsExactlyInAnyOrderElementsOf(all);
    }

    @ParameterizedTest
    @MethodSource("classes")
    void theNextCandidateAndTheLastWordAreAsWritten(List<String> row) {
        var type = FailureClass.valueOf(row.getFirst());
        var state = FailoverState.empty(new TestNanos(), NO_JITTER, host -> 0);
        var entry = entry(provider("a", 1000, "A1", "A2"), provider("b", 2000, "B1"));
        try (var walk = new Walk(state, state.plans().plan(entry), "", Long.MAX_VALUE, false)) {
            var first = Objects.requireNonNull(walk.next());
            assertThat(name(first)).isEqualTo("A1");
            walk.failed(first, UpstreamFailure.of(type));
            var second = walk.next();
            assertThat(name(second))
                    .isEqualTo(
                            switch (row.get(2)) {
                                case "same key" -> "A1";
                                case "next key" -> "A2";
                                case "next provider", "larger window" -> "B1";
                                case "none" -> "";
                                default -> "not a word of the table";
                            });
            for (var at = second; at != null; at = walk.next()) {
                walk.failed(at, UpstreamFailure.of(type));
            }
            assertThat(walk.verdict().kind().name()).isEqualTo(row.get(3));
        }
    }

    static Stream<List<String>> rests() {
        return OPERATING.table("Class").stream()
                .flatMap(row -> Arrays.stream(row.getFirst().split(", "))
                        .map(type -> Stream.concat(Stream.of(type), row.stream().skip(1))
                                .toList()));
    }

    @ParameterizedTest
    @MethodSource("rests")
    void whatRestsAndForHowLongIsAsWritten(List<String> row) {
        var type = FailureClass.valueOf(row.getFirst());
        var rested = rests(type, 8);
        assertThat(row.get(1)).isEqualTo(rested.what());
        if (!rested.what().equals("nothing")) {
            assertThat(List.of(row.get(2), row.get(3), row.get(4)))
                    .containsExactly(
                            words(rested.times().getFirst()),
                            words(rested.times().get(1)),
                            words(rested.times().getLast()));
        }
    }

    private record Rested(String what, List<Duration> times) {}

    /** What a row of failures of one class makes rest, each at the probe after the rest before. */
    private static Rested rests(FailureClass type, int failures) {
        var time = new TestNanos();
        var board = new CredentialBoard(time, NO_JITTER);
        var health = new ProviderHealth(time, NO_JITTER);
        var id = new CredentialId("openai", "https://a", "A1", "digest");
        var use = new CredentialUse(id, "m");
        var other = new CredentialUse(id, "other");
        var model = new ProviderModel("openai", "https://a", "m");
        var times = new ArrayList<Duration>();
        String what = "nothing";
        for (int i = 0; i < failures && (i == 0 || !what.equals("nothing")); i++) {
            board.failed(Objects.requireNonNull(board.take(use)), UpstreamFailure.of(type));
            health.failed(Objects.requireNonNull(health.enter(model, false)), UpstreamFailure.of(type));
            what = !board.left(other).isZero()
                    ? "the key"
                    : !board.left(use).isZero()
                            ? "the key for this model"
                            : !health.left(model).isZero() ? "the model at this provider" : what;
            var left = board.left(use).compareTo(health.left(model)) > 0 ? board.left(use) : health.left(model);
            times.add(left);
            time.pass(left);
        }
        return new Rested(what, times);
    }

    private static String words(Duration time) {
        if (time.toSeconds() % 3600 == 0) {
            return time.toHours() + " h";
        }
        return time.toSeconds() % 60 == 0 && time.toSeconds() > 60
                ? time.toMinutes() + " min"
                : time.toSeconds() + " s";
    }

    private static String name(@Nullable Candidate candidate) {
        var key = candidate == null ? null : candidate.key();
        return key == null ? "" : key.name();
    }

    private static ProviderEntry provider(String host, long window, String... keys) {
        return new ProviderEntry(
                "openai",
                "m-" + host,
                Arrays.stream(keys)
                        .map(key -> new ProviderEntry.Key(key, new Secret("secret-" + key)))
                        .toList(),
                "https://" + host,
                JsonNodeFactory.instance.objectNode(),
                1,
                false,
                window,
                null,
                Timeouts.NONE);
    }

    private static ModelEntry entry(ProviderEntry... providers) {
        return ModelEntries.entry("m", providers);
    }
}
