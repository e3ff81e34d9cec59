package dev.serai.provider.zaiweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.serai.credential.PoolMember;
import dev.serai.credential.TestNanos;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.secret.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GuestPoolTest {

    private static final Failure CAPTCHA = Sign.CAPTCHA.failure(ZaiError.NONE, null);

    private final TestNanos time = new TestNanos();
    private final Set<String> forgotten = ConcurrentHashMap.newKeySet();
    private final GuestPool.Source source = new GuestPool.Source() {
        @Override
        public Session fetch(String name) {
            return fetched(name);
        }

        @Override
        public void forget(Session guest) {
            forgotten.add(guest.userId());
        }
    };
    private final AtomicInteger fetched = new AtomicInteger();
    private final Set<String> broken = ConcurrentHashMap.newKeySet();
    private CountDownLatch together = new CountDownLatch(0);

    private GuestPool pool(int size, int streams) {
        var settings = new ZaiWebProperties(
                size, false, Duration.ofSeconds(480), Duration.ofMinutes(30), streams, "", "key", "agent", Map.of());
        return new GuestPool(settings, source, time, () -> 0);
    }

    private Session fetched(String name) {
        int number = fetched.incrementAndGet();
        together.countDown();
        awaitOthers();
        if (broken.contains(name)) {
            throw new Refusal(Kind.UPSTREAM_ERROR, "no guest today");
        }
        return new Session(name, new Secret("token-" + number), "user-" + number, true, "device");
    }

    private void awaitOthers() {
        try {
            assertThat(together.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private GuestPool filled(int size, int streams) {
        var pool = pool(size, streams);
        take(pool).close();
        await().untilAsserted(() -> assertThat(states(pool)).hasSize(size).containsOnly("1"));
        return pool;
    }

    private static SessionLease take(GuestPool pool) {
        return pool.take(null, abort -> {});
    }

    private static List<String> states(GuestPool pool) {
        return pool.members().all().stream().map(PoolMember::state).toList();
    }

    @Test
    void theFirstCallFillsThePoolInTheBackground() {
        filled(5, 1);
        assertThat(fetched).hasValue(5);
    }

    @Test
    void aGuestThatCameWhileACallWasLookingForItIsNotFetchedAgain() {
        var pools = IntStream.range(0, 500).mapToObj(i -> pool(3, 1)).toList();
        pools.forEach(pool -> take(pool).close());
        await().untilAsserted(() ->
                assertThat(pools).allSatisfy(pool -> assertThat(states(pool)).containsExactly("1", "1", "1")));
        assertThat(fetched).hasValue(1_500);
    }

    @Test
    void theGuestThatWasNotAskedForTheLongestTimeIsNext() {
        var pool = filled(3, 2);
        var order = new ArrayList<String>();
        for (int i = 0; i < 6; i++) {
            time.pass(Duration.ofSeconds(1));
            try (var lease = take(pool)) {
                order.add(lease.session().name());
            }
        }
        assertThat(new TreeSet<>(order.subList(0, 3))).hasSize(3);
        assertThat(order.subList(3, 6)).isEqualTo(order.subList(0, 3));
    }

    @Test
    void noGuestGivesMoreAnswersAtOnceThanItMay() {
        var pool = filled(2, 1);
        var one = take(pool);
        var two = take(pool);
        assertThat(one.session().name()).isNotEqualTo(two.session().name());
        assertThatThrownBy(() -> take(pool)).isInstanceOf(Refusal.class).hasMessage(GuestTrouble.ALL_BUSY);
        assertThat(pool.members().all()).isEmpty();
        one.close();
        one.close();
        assertThat(take(pool).session().name()).isEqualTo(one.session().name());
    }

    @Test
    void aDeadGuestIsReplaced() {
        var pool = filled(1, 1);
        var lease = take(pool);
        lease.failed(Sign.SESSION_DEAD, Sign.SESSION_DEAD.failure(ZaiError.NONE, null));
        lease.close();
        assertThat(take(pool).session().userId()).isEqualTo("user-2");
    }

    @Test
    void aGuestIsRenewedAheadOfItsEnd() {
        var pool = filled(1, 2);
        time.pass(Duration.ofSeconds(400));
        take(pool).close();
        await().until(() -> fetched.get() == 2);
        await().untilAsserted(() -> assertThat(states(pool)).containsExactly("2"));
    }

    @Test
    void aCaptchaLetsAllGuestsRestAndSaysWhy() {
        var pool = filled(3, 2);
        try (var lease = take(pool)) {
            lease.failed(Sign.CAPTCHA, CAPTCHA);
        }
        assertThatThrownBy(() -> take(pool)).isInstanceOf(Refusal.class).hasMessageContaining("captcha");
        assertThat(pool.members().all()).isEmpty();
        assertThat(pool.soonest()).isEqualTo(Sign.CAPTCHA.pause());
        assertThat(pool.trouble()).contains("captcha");
        time.pass(Sign.CAPTCHA.pause());
        var lease = take(pool);
        lease.succeeded();
        assertThat(pool.trouble()).isEmpty();
    }

    @Test
    void whereNoGuestCanBeHadNobodyKeepsAsking() {
        broken.add("guest-1");
        var pool = pool(1, 1);
        assertThatThrownBy(() -> take(pool)).isInstanceOf(Refusal.class).hasMessageContaining("no guest session");
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> take(pool)).isInstanceOf(Refusal.class);
        }
        assertThat(fetched).hasValue(1);
        broken.clear();
        time.pass(Duration.ofSeconds(1));
        assertThat(take(pool).session().userId()).isEqualTo("user-2");
    }

    @Test
    void guestsThatAreThereServeWhileNoOtherCanBeHad() {
        var pool = filled(2, 2);
        broken.add("guest-1");
        broken.add("guest-2");
        together = new CountDownLatch(2);
        time.pass(Duration.ofSeconds(400));
        take(pool).close();
        await().until(() -> fetched.get() == 4);
        await().until(() -> pool.underWay() == null);
        for (int i = 0; i < 10; i++) {
            try (var lease = take(pool)) {
                assertThat(lease.session().userId()).isIn("user-1", "user-2");
            }
        }
        assertThat(states(pool)).hasSize(2);
        assertThat(pool.trouble()).isEmpty();
        assertThat(pool.soonest()).isZero();
        assertThat(fetched).hasValue(4);
    }

    @Test
    void thoseThatFailTogetherCountOnceAndThenOneIsAskedForAtATime() {
        IntStream.rangeClosed(1, 5).forEach(number -> broken.add("guest-" + number));
        together = new CountDownLatch(5);
        var pool = pool(5, 1);
        assertThatThrownBy(() -> take(pool)).isInstanceOf(Refusal.class);
        await().until(() -> pool.underWay() == null);
        assertThat(fetched).hasValue(5);
        int asked = 5;
        for (int pause : new int[] {1, 2, 4, 8}) {
            assertThat(pool.soonest()).isEqualTo(Duration.ofSeconds(pause));
            time.pass(Duration.ofSeconds(pause));
            assertThatThrownBy(() -> take(pool)).isInstanceOf(Refusal.class).hasMessageContaining("no guest session");
            assertThat(fetched).hasValue(++asked);
        }
        broken.clear();
        time.pass(Duration.ofSeconds(16));
        take(pool).close();
        take(pool).close();
        await().untilAsserted(() -> assertThat(states(pool)).hasSize(5).containsOnly("1"));
    }

    @Test
    void aPoolOfNoneSaysSo() {
        var pool = pool(0, 1);
        assertThatThrownBy(() -> take(pool)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.failure().kind()).isEqualTo(Kind.OVERLOADED);
            assertThat(refusal.failure().type()).isEqualTo(FailureClass.RATE);
            assertThat(refusal.failure().message()).contains("TOKEN_POOL_SIZE");
        });
        assertThat(pool.trouble()).contains("TOKEN_POOL_SIZE");
    }

    @Test
    void aLimitedGuestRestsAndTheOthersGoOn() {
        var pool = filled(2, 2);
        var limited = take(pool);
        limited.failed(Sign.LIMITED, Sign.LIMITED.failure(ZaiError.NONE, Duration.ofSeconds(30)));
        limited.close();
        for (int i = 0; i < 4; i++) {
            try (var lease = take(pool)) {
                assertThat(lease.session().name())
                        .isNotEqualTo(limited.session().name());
            }
        }
        time.pass(Duration.ofSeconds(30));
        assertThat(pool.members().all()).hasSize(2);
    }

    @Test
    void whatAReplacedGuestLeavesBehindIsClearedAwayOnceNobodyUsesIt() {
        var pool = filled(1, 2);
        var lease = take(pool);
        time.pass(Duration.ofSeconds(400));
        take(pool).close();
        await().untilAsserted(() -> assertThat(states(pool)).containsExactly("2"));
        assertThat(forgotten).isEmpty();
        lease.close();
        await().untilAsserted(() -> assertThat(forgotten).containsExactly("user-1"));
    }

    @Test
    void whoeverWaitsForAGuestCanBeSentAway() {
        var never = new CountDownLatch(1);
        var settings = new ZaiWebProperties(
                1, false, Duration.ofSeconds(480), Duration.ofMinutes(30), 1, "", "key", "agent", Map.of());
        var pool = new GuestPool(
                settings,
                new GuestPool.Source() {
                    @Override
                    public Session fetch(String name) {
                        try {
                            never.await();
                        } catch (InterruptedException stopped) {
                            Thread.currentThread().interrupt();
                        }
                        return fetched(name);
                    }

                    @Override
                    public void forget(Session guest) {
                        // nobody comes
                    }
                },
                time,
                () -> 0);
        assertThatThrownBy(() -> pool.take(null, Runnable::run)).isInstanceOf(Refusal.class);
        never.countDown();
    }
}
