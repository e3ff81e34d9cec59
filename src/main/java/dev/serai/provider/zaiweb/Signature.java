package dev.serai.provider.zaiweb;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The value of {@code X-Signature}: two steps of HMAC-SHA-256 over the request's id, its time, its user and its prompt. The
 * first step makes a key that holds for five minutes; its hexadecimal text, not its bytes, is the key of the second.
 */
final class Signature {

    private static final String ALGORITHM = "HmacSHA256";
    private static final long BUCKET_MS = 300_000;

    private final String key;

    /** @param key the front end's own, which is public */
    Signature(String key) {
        this.key = key;
    }

    /**
     * Signs.
     *
     * @param millis since 1970
     * @param prompt as it stands in {@code signature_prompt}
     */
    String of(String requestId, String userId, long millis, String prompt) {
        var encoded = Base64.getEncoder().encodeToString(prompt.getBytes(StandardCharsets.UTF_8));
        var message =
                "requestId," + requestId + ",timestamp," + millis + ",user_id," + userId + '|' + encoded + '|' + millis;
        return hmac(hmac(key, String.valueOf(Math.floorDiv(millis, BUCKET_MS))), message);
    }

    private static String hmac(String key, String message) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
