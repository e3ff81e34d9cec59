package dev.serai.tenant;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a key that was made elsewhere brings along.
 *
 * @param createdAt null: now
 * @param windows what it used in the last 24 hours, which goes on counting for its limits; older ones are left out
 */
public record KeyHistory(
        @Nullable Instant createdAt, @Nullable Instant lastUsedAt, long lifetimeTokens, List<UsedWindow> windows) {

    /** Nothing. */
    public static final KeyHistory NONE = new KeyHistory(null, null, 0, List.of());

    public KeyHistory {
        windows = List.copyOf(windows);
    }

    /** Tokens that were used at {@code start} or later; they leave the rolling windows of a key as if used then. */
    public record UsedWindow(Instant start, long tokens) {}
}
