package dev.serai.tenant;

import dev.serai.secret.Secret;
import java.time.Instant;
import java.util.UUID;

/**
 * A key about to be kept, already without the key itself.
 *
 * @param displayPrefix the first characters, for people to recognise it by
 * @param displayLastFour the last characters
 */
record NewApiKey(
        UUID id,
        Digest digest,
        String pepperId,
        String displayPrefix,
        String displayLastFour,
        String name,
        Instant createdAt) {

    private static final int SHOWN_AHEAD = 7;
    private static final int SHOWN_AT_END = 4;

    static NewApiKey of(UUID id, Secret key, KeyDigest digest, String name, Instant createdAt) {
        String plain = key.reveal();
        return new NewApiKey(
                id,
                digest.of(plain),
                digest.pepperId(),
                plain.substring(0, SHOWN_AHEAD),
                plain.substring(plain.length() - SHOWN_AT_END),
                name,
                createdAt);
    }
}
