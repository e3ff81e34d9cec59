package dev.serai.policy.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testkit.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WrongTriesTest {

    private final TestClock clock = new TestClock();
    private final WrongTries tries = new WrongTries(clock);

    private void fail(String address, int times) {
        for (int i = 0; i < times; i++) {
            tries.note(address, false);
        }
    }

    @Test
    void otherAddressesDoNotWait() {
        fail("192.0.2.1", 6);
        assertThat(tries.note("192.0.2.1", true)).isPositive();
        assertThat(tries.note("192.0.2.2", true)).isZero();
        assertThat(tries.note("192.0.2.3", false)).isZero();
    }

    @Test
    void fewTriesFitIntoFiveMinutes() {
        int counted = 0;
        for (int second = 0; second < 300; second++) {
            if (tries.note("192.0.2.1", false).isZero()) {
                counted++;
            }
            clock.pass(Duration.ofSeconds(1));
        }
        assertThat(counted).isLessThanOrEqualTo(10);
    }

    @Test
    void theWaitEndsAtAnHour() {
        fail("192.0.2.1", 5);
        Duration wait = Duration.ZERO;
        for (int i = 0; i < 12; i++) {
            wait = tries.note("192.0.2.1", false);
            clock.pass(wait);
            tries.note("192.0.2.1", false);
        }
        assertThat(tries.note("192.0.2.1", true)).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void rareMistakesAreForgotten() {
        for (int i = 0; i < 20; i++) {
            assertThat(tries.note("192.0.2.1", false)).isZero();
            clock.pass(Duration.ofSeconds(61));
        }
    }

    @Test
    void aNetworkOfSixtyFourBitsCountsAsOneAddress() {
        fail("2001:db8:0:1::1", 5);
        assertThat(tries.note("2001:db8:0:1::2", true)).isPositive();
        assertThat(tries.note("2001:db8:0:2::1", true)).isZero();
    }
}
