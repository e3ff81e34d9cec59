package dev.serai.quota;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger says to a call.
 *
 * @param refusedBy the limit that leaves no room, the one that stays in the way longest; null when the call is admitted
 * @param retryAfter until there may be room; null when there never will be for such a call, or when it is admitted
 */
public record Verdict(@Nullable Limit refusedBy, @Nullable Duration retryAfter, KeyState state) {}
