package dev.serai.policy.admin;

import dev.serai.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The operator's key, of which the gateway holds a digest only; where there is none, the admin API is closed. */
public final class AdminKey {

    private final byte @Nullable [] digest;

    private AdminKey(byte @Nullable [] digest) {
        this.digest = digest;
    }

    static AdminKey of(Optional<Secret> key) {
        return new AdminKey(key.map(secret -> digest(secret.reveal())).orElse(null));
    }

    /** Whether there is one. */
    public boolean isConfigured() {
        return digest != null;
    }

    /** Whether {@code presented} is the key; takes the same time for all strings of a length. */
    public boolean matches(String presented) {
        return digest != null && MessageDigest.isEqual(digest, digest(presented));
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no SHA-256", e);
        }
    }
}
