package dev.serai.tenant;

import dev.serai.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA-256 of keys under the pepper, with a label for the purpose in front (RFC 2104). Safe for use by many
 * threads.
 */
public final class KeyDigest {

    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] KEY_LABEL = "serai api key v1\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PEPPER_LABEL = "serai pepper id v1\0".getBytes(StandardCharsets.US_ASCII);
    private static final int PEPPER_ID_BYTES = 6;

    private final Mac prototype;
    private final String pepperId;

    public KeyDigest(Secret pepper) {
        try {
            prototype = Mac.getInstance(ALGORITHM);
            prototype.init(new SecretKeySpec(pepper.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            byte[] id = copy().doFinal(PEPPER_LABEL);
            pepperId = HexFormat.of().formatHex(id, 0, PEPPER_ID_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no HMAC-SHA-256", e);
        }
    }

    /** The digest of a key as it was presented. */
    public Digest of(String presented) {
        Mac mac = copy();
        mac.update(KEY_LABEL);
        return new Digest(mac.doFinal(presented.getBytes(StandardCharsets.UTF_8)));
    }

    /** Which pepper made these digests; kept beside each of them. */
    public String pepperId() {
        return pepperId;
    }

    private Mac copy() {
        try {
            return (Mac) prototype.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("HMAC-SHA-256 of this Java cannot be cloned", e);
        }
    }
}
