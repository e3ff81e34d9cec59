package dev.serai.policy.quota;

import dev.serai.protocol.RateLimits;
import dev.serai.protocol.RateLimits.Share;
import dev.serai.quota.KeyState;
import dev.serai.tenant.KeyLimits;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the caller is told of its limits: the calls of a minute, and of the token limits the one with the least left. */
final class ToldLimits {

    private static final Duration MINUTE = Duration.ofSeconds(65);
    private static final Duration FIVE_HOURS = Duration.ofMinutes(301);
    private static final Duration DAY = Duration.ofMinutes(1441);

    private ToldLimits() {}

    static RateLimits of(KeyLimits limits, KeyState state) {
        long held = state.reservedTokens();
        var tokens = Stream.of(
                        share(limits.tokensPerMinute(), state.minuteTokens() + held, MINUTE),
                        share(limits.tokensPer5Hours(), state.fiveHoursTokens() + held, FIVE_HOURS),
                        share(limits.tokensPerDay(), state.dayTokens() + held, DAY))
                .flatMap(Stream::ofNullable)
                .min(Comparator.comparingLong(Share::remaining))
                .orElse(null);
        return new RateLimits(share(limits.requestsPerMinute(), state.minuteCalls(), MINUTE), tokens);
    }

    private static @Nullable Share share(@Nullable Number limit, long used, Duration window) {
        if (limit == null) {
            return null;
        }
        long most = limit.longValue();
        return new Share(most, Math.max(0, most - used), used == 0 ? Duration.ZERO : window);
    }
}
