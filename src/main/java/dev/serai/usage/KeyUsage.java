package dev.serai.usage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a key has used by now, as the database knows it at one moment.
 *
 * @param at that moment
 * @param history null for a token of the configuration, which has no row
 * @param fiveHours tokens
 * @param day tokens
 * @param daySpend billionths of the key's currency
 * @param minuteTokens tokens
 * @param minuteCalls calls admitted
 * @param openCalls calls in flight that have reserved
 */
record KeyUsage(
        Instant at,
        @Nullable History history,
        Window fiveHours,
        Window day,
        Window daySpend,
        Window minuteTokens,
        Window minuteCalls,
        int openCalls) {

    /** @param masked for people to recognise the key by */
    record History(
            String masked, Instant createdAt, @Nullable Instant lastUsedAt, long lifetimeTokens) {}

    /**
     * @param used settled within the window
     * @param reserved by calls that run
     * @param freesAt when the oldest use leaves the window; null when nothing was used
     */
    record Window(long used, long reserved, @Nullable Instant freesAt) {}
}
