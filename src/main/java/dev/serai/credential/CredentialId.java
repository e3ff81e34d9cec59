package dev.serai.credential;

import dev.serai.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A credential across changes of the configuration: the same key at the same upstream stays the same, a new secret under
 * an old name is a new credential.
 *
 * @param kind the provider kind
 * @param baseUrl where the upstream is
 * @param key the key's name, or {@code ""} where the upstream needs none
 * @param digest tells secrets apart; never shown
 */
public record CredentialId(String kind, String baseUrl, String key, String digest) {

    /** A named key. Digests the secret: made once per configuration, not per call. */
    public static CredentialId of(String kind, String baseUrl, String key, Secret secret) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256").digest(secret.reveal().getBytes(StandardCharsets.UTF_8));
            return new CredentialId(kind, baseUrl, key, HexFormat.of().formatHex(digest, 0, 16));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The one nameless credential of an upstream that needs no key. */
    public static CredentialId keyless(String kind, String baseUrl) {
        return new CredentialId(kind, baseUrl, "", "");
    }

    @Override
    public String toString() {
        return kind + ' ' + baseUrl + ' ' + key;
    }
}
