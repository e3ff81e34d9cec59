package dev.serai.tenant;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code api_key}, as one of its digests found it.
 *
 * @param digestValidUntil set when it was found by the digest from before it was regenerated
 */
record StoredKey(ApiKey key, boolean enabled, @Nullable Instant digestValidUntil) {

    boolean isValidAt(Instant now) {
        return enabled
                && (key.expiresAt() == null || now.isBefore(key.expiresAt()))
                && (digestValidUntil == null || now.isBefore(digestValidUntil));
    }
}
