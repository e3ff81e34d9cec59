package dev.serai.provider.zhipu;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** End-user marks as {@code user_id}, which has 6 to 128 characters. */
final class ZhipuUser {

    private static final int SHORTEST = 6;
    private static final int LONGEST = 128;

    private ZhipuUser() {}

    /** The mark itself where it fits, else one that is the same for the same user. */
    static String id(String mark) {
        if (mark.length() > LONGEST) {
            return sha256(mark);
        }
        return mark.length() < SHORTEST ? "user_" + (mark.isEmpty() ? "0" : mark) : mark;
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
