package dev.serai.protocol.anthropicmessages;

/** Whether a word stands anywhere in a body: tells cheaply that a closer look is not needed. */
final class ByteSearch {

    private ByteSearch() {}

    static boolean contains(byte[] body, byte[] word) {
        int last = body.length - word.length;
        for (int at = 0; at <= last; at++) {
            if (body[at] == word[0] && matches(body, at, word)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(byte[] body, int at, byte[] word) {
        for (int i = 1; i < word.length; i++) {
            if (body[at + i] != word[i]) {
                return false;
            }
        }
        return true;
    }
}
