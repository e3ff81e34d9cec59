package dev.serai.credential;

import dev.serai.message.FailureClass;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** How long what failed rests, by the class of the failure, the failures in a row and what the upstream told. */
final class RestTime {

    private static final Duration HALF_MINUTE = Duration.ofSeconds(30);
    private static final Duration HALF_HOUR = Duration.ofMinutes(30);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration WINDOW_MIN = Duration.ofMinutes(5);
    private static final Duration AFTER_RESET = Duration.ofSeconds(5);
    private static final double JITTER = 0.25;

    private final RandomGenerator random;

    RestTime(RandomGenerator random) {
        this.random = random;
    }

    /**
     * The rest.
     *
     * @param strikes failures of this class in a row, this one included
     * @param told what the upstream asked for
     */
    Duration of(FailureClass cause, int strikes, @Nullable Duration told) {
        return switch (cause) {
            case KEY_DEAD -> strikes <= 1 ? HALF_MINUTE : HALF_HOUR;
            case KEY_RIGHTS -> HOUR;
            case QUOTA -> doubled(HOUR, strikes, DAY);
            case QUOTA_WINDOW -> told == null ? WINDOW_MIN : longer(told.plus(AFTER_RESET), WINDOW_MIN);
            case RATE -> told != null ? told : jittered(doubled(Duration.ofSeconds(1), strikes, MINUTE), MINUTE);
            case OVERLOAD ->
                told != null ? told : jittered(doubled(Duration.ofSeconds(5), strikes, HALF_MINUTE), HALF_MINUTE);
            case MODEL -> Duration.ofMinutes(10);
            default -> throw new IllegalArgumentException(cause + " makes nothing rest");
        };
    }

    private static Duration doubled(Duration first, int strikes, Duration most) {
        var grown = first.multipliedBy(1L << Math.clamp(strikes - 1, 0, 10));
        return grown.compareTo(most) < 0 ? grown : most;
    }

    /** Up to a quarter more, so that what failed together does not come back together; never less, never above the most. */
    private Duration jittered(Duration rest, Duration most) {
        var longer = rest.plusNanos((long) (rest.toNanos() * JITTER * random.nextDouble()));
        return longer.compareTo(most) < 0 ? longer : most;
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
