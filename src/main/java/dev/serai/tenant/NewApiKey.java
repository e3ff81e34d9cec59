package dev.serai.tenant;

import dev.serai.secret.Secret;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A key about to be kept, already without the key itself. */
record NewApiKey(
        UUID id,
        KeyImprint imprint,
        KeySettings settings,
        Instant createdAt,
        @Nullable Instant lastUsedAt,
        long lifetimeTokens,
        Instant now) {

    static NewApiKey of(Secret key, KeyDigest digest, KeySettings settings, Instant now) {
        return new NewApiKey(UUID.randomUUID(), KeyImprint.of(key, digest), settings, now, null, 0, now);
    }
}
