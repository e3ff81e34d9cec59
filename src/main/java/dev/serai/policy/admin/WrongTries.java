package dev.serai.policy.admin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Slows down who guesses: after five wrong tries in a minute an address waits a minute, after each further one twice as
 * long as before, up to an hour. While it waits, nothing it presents is looked at. A right one clears the slate. Of IPv6
 * addresses the first 64 bits count. Safe for use by many threads; holds a bounded number of addresses.
 */
final class WrongTries {

    private static final int FREE = 5;
    private static final int ADDRESSES = 10_000;
    private static final int NETWORK_BYTES = 8;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Clock clock;
    private final Cache<String, Tries> addresses;

    private record Tries(int wrong, Instant since, Duration pause, Instant until) {}

    WrongTries(Clock clock) {
        this.clock = clock;
        this.addresses = Caffeine.newBuilder().maximumSize(ADDRESSES).build();
    }

    /**
     * Notes one try.
     *
     * @return how long the address has to wait before this or any other try counts; zero: it counts
     */
    Duration note(String address, boolean right) {
        Instant now = clock.instant();
        var wait = new AtomicReference<>(Duration.ZERO);
        addresses.asMap().compute(network(address), (any, before) -> {
            if (before != null && now.isBefore(before.until())) {
                wait.set(Duration.between(now, before.until()));
                return before;
            }
            return right ? null : wrong(before, now);
        });
        return wait.get();
    }

    private static Tries wrong(@Nullable Tries before, Instant now) {
        if (before == null || isForgotten(before, now)) {
            return new Tries(1, now, Duration.ZERO, now);
        }
        if (before.wrong() + 1 < FREE) {
            return new Tries(before.wrong() + 1, before.since(), Duration.ZERO, now);
        }
        Duration doubled = before.pause().multipliedBy(2);
        Duration wait = doubled.isZero() ? WINDOW : doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return new Tries(FREE, now, wait, now.plus(wait));
    }

    /** Few tries are forgotten after a minute; those that had to wait, after as long a time again and an hour. */
    private static boolean isForgotten(Tries tries, Instant now) {
        return tries.pause().isZero()
                ? now.isAfter(tries.since().plus(WINDOW))
                : now.isAfter(tries.until().plus(tries.pause()).plus(LONGEST));
    }

    private static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            var parsed = InetAddress.ofLiteral(address);
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), NETWORK_BYTES))
                    : parsed.getHostAddress();
        } catch (IllegalArgumentException noAddress) {
            return address;
        }
    }
}
