package dev.serai.provider.zaiweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.message.Refusal;
import dev.serai.secret.Secret;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AccountSessionsTest {

    private static final Duration LIFE = Duration.ofMinutes(30);

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger checks = new AtomicInteger();
    private final AccountSessions accounts = new AccountSessions(
            (baseUrl, name, token) -> new Session(name, token, "user-" + checks.incrementAndGet(), false, "device"),
            new ZaiWebProperties(1, false, Duration.ofSeconds(480), LIFE, 2, "", "key", "agent", Map.of()),
            nanos::get);

    private SessionLease take() {
        return accounts.take("http://a", "ZAI", new Secret("token"), abort -> {});
    }

    @Test
    void anAccountNeverHasMoreAnswersThanItMayAlsoWhenItIsCheckedAnew() {
        var first = take();
        var second = take();
        nanos.addAndGet(LIFE.multipliedBy(2).toNanos());
        assertThatThrownBy(this::take).isInstanceOf(Refusal.class);
        assertThat(checks).hasValue(2);
        first.close();
        first.close();
        var third = take();
        assertThat(third.session().userId()).isEqualTo("user-2");
        assertThatThrownBy(this::take).isInstanceOf(Refusal.class);
        second.close();
        third.close();
        take().close();
    }

    @Test
    void aTokenThatDiedIsCheckedAnew() {
        try (var lease = take()) {
            lease.failed(Sign.SESSION_DEAD, Sign.SESSION_DEAD.failure(ZaiError.NONE, null));
            lease.failed(Sign.SESSION_DEAD, Sign.SESSION_DEAD.failure(ZaiError.NONE, null));
        }
        try (var lease = take()) {
            assertThat(lease.session().userId()).isEqualTo("user-2");
        }
        assertThat(checks).hasValue(2);
    }
}
