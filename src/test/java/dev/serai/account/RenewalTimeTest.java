package dev.serai.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RenewalTimeTest {

    private final Random random = new Random(7);

    @Test
    void aTokenIsRenewedAtFourFifthsOfItsLifeATenthEarlierOrLater() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(RenewalTime.of(Duration.ofHours(24), random))
                    .isBetween(Duration.ofMinutes(1_036), Duration.ofMinutes(1_268));
            assertThat(RenewalTime.of(Duration.ofMinutes(4), random))
                    .isBetween(Duration.ofSeconds(172), Duration.ofSeconds(212));
        }
    }

    @Test
    void aShorterOneAtLeastFiveMinutesBeforeItsEnd() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(RenewalTime.of(Duration.ofMinutes(20), random))
                    .isBetween(Duration.ofSeconds(810), Duration.ofMinutes(15));
        }
    }
}
