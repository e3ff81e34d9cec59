package dev.serai.tenant;

import java.time.Instant;
import java.util.UUID;

/** What was used by calls of the key {@code id}: tokens in all, and when the last of them was. */
public record KeyUse(UUID id, long tokens, Instant lastUsedAt) {

    /** Both together; of the same key. */
    public KeyUse plus(KeyUse other) {
        return new KeyUse(
                id,
                Math.addExact(tokens, other.tokens),
                lastUsedAt.isAfter(other.lastUsedAt) ? lastUsedAt : other.lastUsedAt);
    }
}
