package dev.serai.protocol;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a key has left, as its caller is told; null where nothing is limited.
 *
 * @param requests calls in a minute
 * @param tokens of the token limits the one with the least left
 */
public record RateLimits(@Nullable Share requests, @Nullable Share tokens) {

    /**
     * One limit.
     *
     * @param remaining never below zero
     * @param reset until all of it is free again, if nothing more is used
     */
    public record Share(long limit, long remaining, Duration reset) {}
}
