package dev.serai.routing;

import static dev.serai.routing.Entries.entry;
import static dev.serai.routing.Entries.provider;
import static dev.serai.routing.Walker.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.routing.config.ModelEntry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WalkVerdictTest {

    private final Walker walker = new Walker();

    @ParameterizedTest
    @CsvSource({
        "CLIENT, CLIENT, INVALID_REQUEST",
        "CONTENT, CONTENT, CONTENT_BLOCKED",
        "CONTEXT, CONTEXT, CONTEXT_LENGTH_EXCEEDED",
        "KEY_DEAD, CLIENT, INVALID_REQUEST",
        "KEY_DEAD, KEY_DEAD, OVERLOADED",
        "KEY_RIGHTS, KEY_RIGHTS, OVERLOADED",
        "QUOTA, QUOTA, OVERLOADED",
        "QUOTA_WINDOW, RATE, OVERLOADED",
        "RATE, RATE, OVERLOADED",
        "OVERLOAD, OVERLOAD, OVERLOADED",
        "MODEL, MODEL, MODEL_NOT_FOUND",
        "MODEL, RATE, OVERLOADED",
        "MODEL, UPSTREAM, UPSTREAM_ERROR",
        "TIMEOUT_FIRST_BYTE, TIMEOUT_FIRST_BYTE, TIMEOUT",
        "TIMEOUT_FIRST_BYTE, KEY_DEAD, TIMEOUT",
        "TIMEOUT_FIRST_BYTE, UPSTREAM, UPSTREAM_ERROR",
        "UPSTREAM, UPSTREAM, UPSTREAM_ERROR",
        "UPSTREAM, KEY_DEAD, UPSTREAM_ERROR",
        "UPSTREAM, CLIENT, INVALID_REQUEST",
        "NETWORK, NETWORK, UPSTREAM_ERROR",
        "EMPTY, EMPTY, UPSTREAM_ERROR",
        "STREAM_BROKEN, STREAM_BROKEN, UPSTREAM_ERROR"
    })
    void theMostUsefulFailureIsTold(FailureClass atA, FailureClass atB, Kind told) {
        var verdict = verdict(entry(provider("A", 1), provider("B", 1)), failure(atA), failure(atB));
        assertThat(verdict.kind()).isEqualTo(told);
        assertThat(verdict.retryAfter() != null).isEqualTo(told == Kind.OVERLOADED);
    }

    @Test
    void theShortestWaitOfThePoolIsTold() {
        var verdict = verdict(
                entry(provider("A", 1), provider("B", 1)),
                failure(FailureClass.RATE, Duration.ofSeconds(40)),
                failure(FailureClass.RATE, Duration.ofMillis(6_200)));
        assertThat(verdict)
                .isEqualTo(Failure.of(
                                Kind.OVERLOADED, FailureClass.OVERLOAD, "No provider can take the request right now.")
                        .withRetryAfter(Duration.ofSeconds(7)));
    }

    @Test
    void aReasonThatCanBeToldIsTold() {
        var captcha = new Failure(Kind.OVERLOADED, FailureClass.RATE, "It asks for a captcha.", null, null);
        var verdict = verdict(entry(provider("A", 1), provider("B", 1)), captcha, failure(FailureClass.RATE));
        assertThat(verdict.message()).isEqualTo("No provider can take the request right now: it asks for a captcha.");
    }

    @Test
    void theWaitIsBetweenASecondAndAnHour() {
        var soon = verdict(entry(provider("A", 1)), failure(FailureClass.RATE, Duration.ofMillis(2)));
        assertThat(soon.retryAfter()).isEqualTo(Duration.ofSeconds(1));
        var late = verdict(entry(provider("B", 1)), failure(FailureClass.QUOTA_WINDOW, Duration.ofDays(5)));
        assertThat(late.retryAfter()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void whatNobodyWasAskedIsAnOverloadWithItsWait() {
        var entry = entry(provider("A", 2));
        walker.call(entry, (name, count) -> failure(FailureClass.KEY_DEAD));
        walker.time.pass(Duration.ofSeconds(10));
        try (var walk = walker.walk(entry)) {
            assertThat(walk.next()).isNull();
            assertThat(walk.verdict().kind()).isEqualTo(Kind.OVERLOADED);
            assertThat(walk.verdict().retryAfter()).isEqualTo(Duration.ofSeconds(20));
        }
    }

    @Test
    void anOpenBreakerIsAnOverloadWithItsWait() {
        var entry = entry(provider("A", 1));
        for (int i = 0; i < 20; i++) {
            walker.call(entry, (name, count) -> failure(FailureClass.UPSTREAM));
        }
        walker.time.pass(Duration.ofSeconds(4));
        try (var walk = walker.walk(entry)) {
            assertThat(walk.next()).isNull();
            assertThat(walk.verdict().kind()).isEqualTo(Kind.OVERLOADED);
            assertThat(walk.verdict().retryAfter()).isEqualTo(Duration.ofSeconds(6));
        }
    }

    @Test
    void aModelThatNobodyKnowsNamesTheField() {
        var verdict = verdict(entry(provider("A", 1)), failure(FailureClass.MODEL));
        assertThat(verdict.param()).isEqualTo("model");
        assertThat(verdict.message()).doesNotContain("model-A");
    }

    @Test
    void aWrongPathIsTheProvidersFailure() {
        var verdict = verdict(
                entry(provider("A", 1)),
                Failure.of(Kind.UPSTREAM_ERROR, FailureClass.MODEL, "The upstream provider failed."));
        assertThat(verdict.kind()).isEqualTo(Kind.UPSTREAM_ERROR);
    }

    @Test
    void aPromptTooLongIsToldUnlessALargerModelFailed() {
        var entry = entry(provider("A", 1, 1, 10L), provider("B", 1, 1, 20L));
        assertThat(verdict(entry, failure(FailureClass.CONTEXT), failure(FailureClass.KEY_DEAD))
                        .kind())
                .isEqualTo(Kind.CONTEXT_LENGTH_EXCEEDED);
        var other = entry(provider("C", 1, 1, 10L), provider("D", 1, 1, 20L));
        assertThat(verdict(other, failure(FailureClass.CONTEXT), failure(FailureClass.UPSTREAM))
                        .kind())
                .isEqualTo(Kind.UPSTREAM_ERROR);
    }

    /** The first provider fails with the first failure, and so on. */
    private Failure verdict(ModelEntry entry, Failure... failures) {
        try (var walk = walker.walk(entry)) {
            for (var at = walk.next(); at != null; at = walk.next()) {
                walk.failed(at, failures[at.position()]);
            }
            return walk.verdict();
        }
    }
}
