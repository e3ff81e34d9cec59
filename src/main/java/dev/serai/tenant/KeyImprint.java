package dev.serai.tenant;

import dev.serai.secret.Secret;

/**
 * What is kept of a key in place of it.
 *
 * @param digest made under the pepper {@code pepperId}
 * @param displayPrefix the first characters, for people to recognise it by; few of a short key
 * @param displayLastFour the last characters, four at most
 */
record KeyImprint(Digest digest, String pepperId, String displayPrefix, String displayLastFour) {

    private static final int SHOWN_AHEAD = 7;
    private static final int SHOWN_AT_END = 4;

    static KeyImprint of(Secret key, KeyDigest digest) {
        String plain = key.reveal();
        int ahead = Math.min(SHOWN_AHEAD, plain.length() / 5);
        int atEnd = Math.min(SHOWN_AT_END, plain.length() / 8);
        return new KeyImprint(
                digest.of(plain),
                digest.pepperId(),
                plain.substring(0, ahead),
                plain.substring(plain.length() - atEnd));
    }
}
