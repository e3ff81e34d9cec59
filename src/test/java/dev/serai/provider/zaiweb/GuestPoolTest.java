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
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GuestPoolTest {

    private static final Failure CAPTCHA = Sign.CAPTCHA.failure(ZaiError.NONE, null);

    private final TestNanos time = new TestNanos();
    private final AtomicInteger fetched = new AtomicInteger();
    private final Set<String> broken = ConcurrentHashMap.newKeySet();

    private GuestPool pool(int size, int streams) {
        var settings = new ZaiWebProperties(
                size, false, Duration.ofSeconds(480), Duration.ofMinutes(30), streams, "", "key", "agent");
        return new GuestPool(settings, this::fetch, time, () -> 0);
    }

    private Session fetch(String name) {
        int number = fetched.incrementAndGet();
        if (broken.contains(name)) {
            throw new Refusal(Kind.UPSTREAM_ERROR, "no guest today");
        }
        return new Session(name, new Secret("token-" + number), "user-" + number, true, "device");
    }

    private GuestPool filled(int size, int streams) {
        var pool = pool(size, streams);
        pool.take(null).close();
        await().untilAsserted(() -> assertThat(states(pool)).hasSize(size).containsOnly("1"));
        return pool;
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
    void theGuestThatWasNotAskedForTheLongestTimeIsNext() {
        var pool = filled(3, 2);
        var order = new ArrayList<String>();
        for (int i = 0; i < 6; i++) {
            time.pass(Duration.ofSeconds(1));
            try (var lease = pool.take(null)) {
                order.add(lease.session().name());
            }
        }
        assertThat(new TreeSet<>(order.subList(0, 3))).hasSize(3);
        assertThat(order.subList(3, 6)).isEqualTo(order.subList(0, 3));
    }

    @Test
    void noGuestGivesMoreAnswersAtOnceThanItMay() {
        var pool = filled(2, 1);
        var one = pool.take(null);
        var two = pool.take(null);
        assertThat(one.session().name()).isNotEqualTo(two.session().name());
        assertThatThrownBy(() -> pool.take(null)).isInstanceOf(Refusal.class).hasMessage(GuestTrouble.ALL_BUSY);
        assertThat(pool.members().all()).isEmpty();
        one.close();
        one.close();
        assertThat(pool.take(null).session().name()).isEqualTo(one.session().name());
    }

    @Test
    void aDeadGuestIsReplaced() {
        var pool = filled(1, 1);
        var lease = pool.take(null);
        lease.failed(Sign.SESSION_DEAD, Sign.SESSION_DEAD.failure(ZaiError.NONE, null));
        lease.close();
        assertThat(pool.take(null).session().userId()).isEqualTo("user-2");
    }

    @Test
    void aGuestIsRenewedAheadOfItsEnd() {
        var pool = filled(1, 2);
        time.pass(Duration.ofSeconds(400));
        pool.take(null).close();
        await().until(() -> fetched.get() == 2);
        await().untilAsserted(() -> assertThat(states(pool)).containsExactly("2"));
    }

    @Test
    void aCaptchaLetsAllGuestsRestAndSaysWhy() {
        var pool = filled(3, 2);
        try (var lease = pool.take(null)) {
            lease.failed(Sign.CAPTCHA, CAPTCHA);
        }
        assertThatThrownBy(() -> pool.take(null)).isInstanceOf(Refusal.class).hasMessageContaining("captcha");
        assertThat(pool.members().all()).isEmpty();
        assertThat(pool.soonest()).isEqualTo(Sign.CAPTCHA.pause());
        assertThat(pool.trouble()).contains("captcha");
        time.pass(Sign.CAPTCHA.pause());
        var lease = pool.take(null);
        lease.succeeded();
        assertThat(pool.trouble()).isEmpty();
    }

    @Test
    void whereNoGuestCanBeHadNobodyKeepsAsking() {
        broken.add("guest-1");
        var pool = pool(1, 1);
        assertThatThrownBy(() -> pool.take(null)).isInstanceOf(Refusal.class).hasMessageContaining("no guest session");
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> pool.take(null)).isInstanceOf(Refusal.class);
        }
        assertThat(fetched).hasValue(1);
        broken.clear();
        time.pass(Duration.ofSeconds(1));
        assertThat(pool.take(null).session().userId()).isEqualTo("user-2");
    }

    @Test
    void aPoolOfNoneSaysSo() {
        var pool = pool(0, 1);
        assertThatThrownBy(() -> pool.take(null))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.failure().kind()).isEqualTo(Kind.OVERLOADED);
                    assertThat(refusal.failure().type()).isEqualTo(FailureClass.RATE);
                    assertThat(refusal.failure().message()).contains("TOKEN_POOL_SIZE");
                });
        assertThat(pool.trouble()).contains("TOKEN_POOL_SIZE");
    }

    @Test
    void aLimitedGuestRestsAndTheOthersGoOn() {
        var pool = filled(2, 2);
        var limited = pool.take(null);
        limited.failed(Sign.LIMITED, Sign.LIMITED.failure(ZaiError.NONE, Duration.ofSeconds(30)));
        limited.close();
        for (int i = 0; i < 4; i++) {
            try (var lease = pool.take(null)) {
                assertThat(lease.session().name()).isNotEqualTo(limited.session().name());
            }
        }
        time.pass(Duration.ofSeconds(30));
        assertThat(pool.members().all()).hasSize(2);
    }
}
