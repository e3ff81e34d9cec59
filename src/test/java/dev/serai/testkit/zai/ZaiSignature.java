package dev.serai.testkit.zai;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What the signature of a turn has to be. */
final class ZaiSignature {

    static final String KEY = "key-@@@@)))()((9))-xxxx&&&%%%%%";

    private static final long BUCKET_MILLIS = 300_000;

    private ZaiSignature() {}

    static String of(String key, String requestId, String userId, long millis, String prompt) {
        String bucketKey = hmac(key, Long.toString(millis / BUCKET_MILLIS));
        String encoded = Base64.getEncoder().encodeToString(prompt.getBytes(StandardCharsets.UTF_8));
        String message =
                "requestId," + requestId + ",timestamp," + millis + ",user_id," + userId + "|" + encoded + "|" + millis;
        return hmac(bucketKey, message);
    }

    static String hmac(String key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
