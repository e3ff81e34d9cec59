package dev.serai.provider.chatglmweb;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What shows that a request was made by the web page's own rules: a time whose second last digit is a check digit, a nonce,
 * and the digest of both with a constant that the page holds openly.
 *
 * @param timestamp milliseconds since 1970, at most 90 from the true ones
 * @param nonce never used before
 * @param digest 32 hexadecimal digits
 */
record Signature(String timestamp, String nonce, String digest) {

    private static final int DIGITS = 13;

    /** @param millis the time of the service, in 13 digits */
    static Signature of(long millis, String nonce, String constant) {
        String timestamp = checked(Long.toString(millis));
        return new Signature(timestamp, nonce, digest(timestamp + '-' + nonce + '-' + constant));
    }

    /** The second last digit becomes the sum of the others, modulo ten. */
    private static String checked(String digits) {
        if (digits.length() != DIGITS) {
            throw new IllegalArgumentException("a time outside of 2001 to 2286");
        }
        int place = DIGITS - 2;
        int sum = digits.chars().map(c -> c - '0').sum() - (digits.charAt(place) - '0');
        return digits.substring(0, place) + sum % 10 + digits.charAt(DIGITS - 1);
    }

    static String digest(String text) {
        try {
            var md5 = MessageDigest.getInstance("MD5");
            return HexFormat.of().formatHex(md5.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
