package dev.serai.account;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When a token is renewed ahead of its end: at four fifths of its life, a tenth earlier or later so that tokens that came
 * together do not go together; or five minutes before the end, where that is earlier and leaves it half its life.
 */
final class RenewalTime {

    private static final Duration AHEAD = Duration.ofMinutes(5);

    private RenewalTime() {}

    /** How long after it was granted. */
    static Duration of(Duration life, RandomGenerator random) {
        double chance = random.nextDouble();
        Duration fraction = times(life, 0.8 * (0.9 + 0.2 * chance));
        Duration before = times(life.minus(AHEAD), 1 - 0.1 * chance);
        boolean sooner = before.compareTo(fraction) < 0 && before.compareTo(life.dividedBy(2)) >= 0;
        return sooner ? before : fraction;
    }

    private static Duration times(Duration time, double factor) {
        return Duration.ofMillis((long) (time.toMillis() * factor));
    }
}
