package dev.serai.tenant;

import dev.serai.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;

/**
 * The form of the gateway's own keys: {@code pk_}, 40 random base-62 characters (238 bits), and the CRC-32 of these 40
 * as 6 base-62 digits. The prefix lets scanners find a leaked key; the checksum dismisses noise without a query.
 */
public final class ApiKeyFormat {

    /** What a leaked key looks like. */
    public static final String PATTERN = "pk_[0-9A-Za-z]{46}";

    private static final String PREFIX = "pk_";
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int RANDOM_LENGTH = 40;
    private static final int CHECKSUM_LENGTH = 6;
    private static final int LENGTH = PREFIX.length() + RANDOM_LENGTH + CHECKSUM_LENGTH;

    private final RandomGenerator random;

    /** {@code random} must be unpredictable. */
    public ApiKeyFormat(RandomGenerator random) {
        this.random = random;
    }

    /** A new key. */
    public Secret generate() {
        StringBuilder body = new StringBuilder(LENGTH);
        for (int i = 0; i < RANDOM_LENGTH; i++) {
            body.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        return new Secret(PREFIX + body + checksum(body.toString()));
    }

    /**
     * Whether {@code presented} claims to be a key of this form and is not: nobody can own it. Any other string,
     * imported keys that start with {@code pk_} included, may be a key.
     */
    public static boolean isForged(String presented) {
        if (presented.length() != LENGTH || !presented.startsWith(PREFIX)) {
            return false;
        }
        String body = presented.substring(PREFIX.length(), PREFIX.length() + RANDOM_LENGTH);
        return presented.chars().skip(PREFIX.length()).allMatch(c -> DIGITS.indexOf(c) >= 0)
                && !presented.endsWith(checksum(body));
    }

    private static String checksum(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        char[] digits = new char[CHECKSUM_LENGTH];
        long rest = crc.getValue();
        for (int i = CHECKSUM_LENGTH - 1; i >= 0; i--) {
            digits[i] = DIGITS.charAt((int) (rest % DIGITS.length()));
            rest /= DIGITS.length();
        }
        return new String(digits);
    }
}
