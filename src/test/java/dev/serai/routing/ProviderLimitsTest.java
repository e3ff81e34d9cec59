package dev.serai.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class ProviderLimitsTest {

    private static final ProviderHost A = new ProviderHost("openai", "https://a");
    private static final ProviderHost B = new ProviderHost("openai", "https://b");

    private final ProviderLimits limits = new ProviderLimits(host -> host.equals(A) ? 2 : 0);

    @Test
    void noMoreThanTheLimitAreUnderWay() {
        var first = Objects.requireNonNull(limits.acquire(A));
        assertThat(limits.acquire(A)).isNotNull();
        assertThat(limits.acquire(A)).isNull();
        assertThat(limits.underWay(A)).isEqualTo(2);
        first.close();
        first.close();
        assertThat(limits.underWay(A)).isEqualTo(1);
        assertThat(limits.acquire(A)).isNotNull();
    }

    @Test
    void withoutALimitCallsAreOnlyCounted() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(limits.acquire(B)).isNotNull();
        }
        assertThat(limits.underWay(B)).isEqualTo(1_000);
    }
}
