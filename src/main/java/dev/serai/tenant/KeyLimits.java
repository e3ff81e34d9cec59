package dev.serai.tenant;

import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a key may use up; null is no limit. Windows roll.
 *
 * @param tokensPerDay input and output tokens in 24 hours
 * @param tokensPer5Hours input and output tokens in 5 hours
 * @param requestsPerMinute calls in a minute
 * @param tokensPerMinute input and output tokens in a minute
 * @param maxConcurrentStreams calls in flight
 * @param spendPerDay money in 24 hours, in {@code spendCurrency}
 * @param spendCurrency ISO 4217
 */
public record KeyLimits(
        @Nullable Long tokensPerDay,
        @Nullable Long tokensPer5Hours,
        @Nullable Integer requestsPerMinute,
        @Nullable Long tokensPerMinute,
        @Nullable Integer maxConcurrentStreams,
        @Nullable BigDecimal spendPerDay,
        @Nullable String spendCurrency) {

    public static final KeyLimits NONE = new KeyLimits(null, null, null, null, null, null, null);

    /** Whether nothing is limited. */
    public boolean isEmpty() {
        return equals(NONE);
    }

    /** Whether money counts in another currency there. */
    boolean isOtherCurrency(KeyLimits other) {
        return !Objects.equals(spendCurrency, other.spendCurrency);
    }
}
