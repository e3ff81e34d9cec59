package dev.serai.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.secret.Secret;
import java.time.Duration;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialBoardTest {

    private final TestNanos time = new TestNanos();
    private final CredentialBoard board = new CredentialBoard(time, new SplittableRandom(7));
    private final CredentialUse use = use("KEY_1", "sk-1", "glm-5");
    private final CredentialUse otherModel = use("KEY_1", "sk-1", "glm-4");

    @ParameterizedTest
    @CsvSource({
        // class, told seconds or -1, seconds of the first and of the second rest, rests for every model
        "KEY_DEAD, -1, 30, 1800, true",
        "KEY_RIGHTS, -1, 3600, 3600, false",
        "QUOTA, -1, 3600, 7200, true",
        "QUOTA_WINDOW, -1, 300, 300, true",
        "QUOTA_WINDOW, 60, 300, 300, true",
        "QUOTA_WINDOW, 9000, 9005, 9005, true",
        "RATE, 7, 7, 7, false",
        "RATE, 3600, 3600, 3600, false"
    })
    void eachClassRestsItsTime(FailureClass type, long told, long first, long second, boolean everyModel) {
        var wait = told < 0 ? null : Duration.ofSeconds(told);
        fail(use, type, wait);
        assertThat(board.take(use)).isNull();
        assertThat(board.left(use)).isEqualTo(Duration.ofSeconds(first));
        assertThat(board.left(otherModel).isZero()).isEqualTo(!everyModel);
        time.pass(Duration.ofSeconds(first).minusNanos(1));
        assertThat(board.take(use)).isNull();
        time.pass(Duration.ofNanos(1));
        fail(use, type, wait);
        assertThat(board.left(use)).isEqualTo(Duration.ofSeconds(second));
    }

    @Test
    void anUntoldRateLimitDoublesToAMinuteWithJitter() {
        double expected = 1;
        for (int i = 0; i < 10; i++) {
            fail(use, FailureClass.RATE, null);
            double seconds = board.left(use).toNanos() / 1e9;
            assertThat(seconds).isBetween(expected, Math.min(60, expected * 1.25));
            time.pass(board.left(use));
            expected = Math.min(60, expected * 2);
        }
        assertThat(board.left(use)).isZero();
    }

    @Test
    void aSpentKeyRestsADayAtMost() {
        for (int i = 0; i < 12; i++) {
            fail(use, FailureClass.QUOTA, null);
            time.pass(board.left(use));
        }
        fail(use, FailureClass.QUOTA, null);
        assertThat(board.left(use)).isEqualTo(Duration.ofHours(24));
    }

    @ParameterizedTest
    @CsvSource({
        "CLIENT",
        "CONTEXT",
        "CONTENT",
        "MODEL",
        "OVERLOAD",
        "UPSTREAM",
        "NETWORK",
        "TIMEOUT_FIRST_BYTE",
        "STREAM_BROKEN",
        "EMPTY",
        "GATEWAY",
        "CLIENT_GONE"
    })
    void noOtherClassMakesACredentialRest(FailureClass type) {
        fail(use, type, Duration.ofHours(1));
        assertThat(board.view()).isEmpty();
        assertThat(board.take(use)).isNotNull();
    }

    @Test
    void afterItsRestOneProbeGoesAtATime() {
        fail(use, FailureClass.KEY_DEAD, null);
        time.pass(Duration.ofSeconds(30));
        var probe = take(use);
        assertThat(probe.probing()).isTrue();
        assertThat(board.take(use)).isNull();
        assertThat(board.take(otherModel)).isNull();
        board.abandoned(probe);
        var next = take(otherModel);
        assertThat(board.take(use)).isNull();
        board.succeeded(next);
        assertThat(take(use).probing()).isFalse();
        assertThat(take(use).probing()).isFalse();
        assertThat(board.view()).isEmpty();
    }

    @Test
    void successEndsTheRow() {
        fail(use, FailureClass.KEY_DEAD, null);
        time.pass(Duration.ofSeconds(30));
        board.succeeded(take(use));
        fail(use, FailureClass.KEY_DEAD, null);
        assertThat(board.left(use)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void callsThatFailTogetherCountOnce() {
        var first = take(use);
        var second = take(use);
        var third = take(use);
        board.failed(first, failure(FailureClass.KEY_DEAD, null));
        board.failed(second, failure(FailureClass.KEY_DEAD, null));
        assertThat(board.left(use)).isEqualTo(Duration.ofSeconds(30));
        time.pass(Duration.ofSeconds(40));
        board.failed(third, failure(FailureClass.KEY_DEAD, null));
        assertThat(take(use).probing()).isTrue();
    }

    @Test
    void aCallFromBeforeTheRestDoesNotEndIt() {
        var early = take(use);
        fail(use, FailureClass.KEY_DEAD, null);
        board.succeeded(early);
        assertThat(board.take(use)).isNull();
    }

    @Test
    void aNewSecretUnderAnOldNameIsHealthy() {
        fail(use, FailureClass.KEY_DEAD, null);
        assertThat(board.take(use("KEY_1", "sk-2", "glm-5"))).isNotNull();
        assertThat(board.take(use("KEY_1", "sk-1", "glm-5"))).isNull();
    }

    @Test
    void aProbeThatIsNeverSettledBlocksAQuarterOfAnHour() {
        fail(use, FailureClass.KEY_DEAD, null);
        time.pass(Duration.ofSeconds(30));
        take(use);
        time.pass(Duration.ofMinutes(15).minusNanos(1));
        assertThat(board.take(use)).isNull();
        time.pass(Duration.ofNanos(1));
        assertThat(board.take(use)).isNotNull();
    }

    @Test
    void theViewTellsNamesAndTimesButNoSecret() {
        fail(use, FailureClass.RATE, Duration.ofSeconds(5));
        fail(use("KEY_2", "sk-2", "glm-5"), FailureClass.KEY_DEAD, null);
        assertThat(board.view()).hasSize(2);
        var dead = board.view().getFirst();
        assertThat(dead.key()).isEqualTo("KEY_2");
        assertThat(dead.model()).isNull();
        assertThat(dead.rest().cause()).isEqualTo(FailureClass.KEY_DEAD);
        assertThat(dead.rest().left()).isEqualTo(Duration.ofSeconds(30));
        assertThat(board.view().getLast().model()).isEqualTo("glm-5");
        assertThat(board.view().toString() + use)
                .doesNotContain("sk-")
                .doesNotContain(use.id().digest());
    }

    @Test
    void whyACredentialRestsIsKnownForAsLongAsItDoes() {
        fail(use, FailureClass.RATE, Duration.ofSeconds(5));
        assertThat(board.why(use)).isEqualTo("x");
        assertThat(board.why(otherModel)).isEmpty();
        time.pass(Duration.ofSeconds(5));
        assertThat(board.why(use)).isEmpty();
        board.failed(take(use), new Failure(Kind.UPSTREAM_ERROR, FailureClass.RATE, "told to nobody", null, null));
        assertThat(board.why(use)).isEmpty();
    }

    @Test
    void theBoardIsBounded() {
        for (int i = 0; i < 30_000; i++) {
            fail(new CredentialUse(new CredentialId("openai", "x", "K" + i, ""), "m"), FailureClass.KEY_DEAD, null);
        }
        assertThat((double) board.view().size()).isCloseTo(10_000, within(100.0));
    }

    @Test
    void manyThreadsNeverProbeTogether() throws Exception {
        var section = new Together.Section();
        fail(use, FailureClass.RATE, Duration.ofSeconds(1));
        time.pass(Duration.ofSeconds(1));
        Together.run(2_000, () -> {
            var lease = board.take(use);
            if (lease != null) {
                section.pass();
                board.abandoned(lease);
            }
        });
        assertThat(section.most()).isEqualTo(1);
        assertThat(take(use).probing()).isTrue();
    }

    private void fail(CredentialUse which, FailureClass type, @Nullable Duration told) {
        board.failed(take(which), failure(type, told));
    }

    private CredentialBoard.Lease take(CredentialUse which) {
        var lease = board.take(which);
        return Objects.requireNonNull(lease);
    }

    private static Failure failure(FailureClass type, @Nullable Duration told) {
        return new Failure(Kind.OVERLOADED, type, "x", null, told);
    }

    private static CredentialUse use(String name, String secret, String model) {
        return new CredentialUse(CredentialId.of("zhipu", "https://x", name, new Secret(secret)), model);
    }
}
