package dev.serai.tenant;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key as an operator sees it, without the key.
 *
 * @param id stays the same when the key is regenerated
 * @param masked for people to recognise the key by, such as {@code pk_Ab12…wxyz}
 * @param updatedAt when an operator last changed it; use does not count
 * @param lastUsedAt when its last call came that has been accounted for
 * @param lifetimeTokens input and output tokens of all its calls
 * @param previousValidUntil until when the key from before the last regeneration works as well; null when it does not
 */
public record KeyRecord(
        UUID id,
        String masked,
        KeySettings settings,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant lastUsedAt,
        long lifetimeTokens,
        @Nullable Instant previousValidUntil) {}
