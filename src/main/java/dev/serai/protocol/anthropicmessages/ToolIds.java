package dev.serai.protocol.anthropicmessages;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Ids of calls as the wire takes them; one that does not fit becomes a digest of itself, the same in call and result. */
final class ToolIds {

    private static final String PREFIX = "toolu_";
    private static final int LONGEST = 64;
    private static final int DIGEST = 24;

    private ToolIds() {}

    static String of(String id) {
        return fits(id) ? id : made(id);
    }

    /** An id made from what is known. */
    static String made(String seed) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(seed.getBytes(StandardCharsets.UTF_8));
            return PREFIX + HexFormat.of().formatHex(digest).substring(0, DIGEST);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean fits(String id) {
        return !id.isEmpty()
                && id.length() <= LONGEST
                && id.chars().allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || c == '_' || c == '-'));
    }
}
