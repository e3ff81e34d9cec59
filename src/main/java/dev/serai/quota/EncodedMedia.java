package dev.serai.quota;

/** Finds pictures, sounds and files in a request: long runs of base 64, which say nothing of tokens by their length. */
final class EncodedMedia {

    /** No word and no line of code is as long. */
    private static final int LEAST = 4096;

    private static final boolean[] BASE_64 = new boolean[128];

    static {
        for (char c : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-_".toCharArray()) {
            BASE_64[c] = true;
        }
    }

    /**
     * @param runs how many there are
     * @param bytes how long they are together
     */
    record Found(int runs, long bytes) {}

    private EncodedMedia() {}

    /** Looks at one byte in 2 KiB, and closer where that could be part of a run. */
    static Found in(byte[] body) {
        int runs = 0;
        long bytes = 0;
        int step = LEAST / 2;
        int end = 0;
        for (int probe = step; probe < body.length; probe = Math.max(probe + step, end)) {
            int from = begin(body, probe, end);
            end = end(body, probe);
            if (end - from >= LEAST) {
                runs++;
                bytes += end - from;
            }
        }
        return new Found(runs, bytes);
    }

    private static int begin(byte[] body, int probe, int floor) {
        int at = probe;
        while (at > floor && isBase64(body[at - 1])) {
            at--;
        }
        return at;
    }

    private static int end(byte[] body, int probe) {
        int at = probe;
        while (at < body.length && isBase64(body[at])) {
            at++;
        }
        return at;
    }

    private static boolean isBase64(byte b) {
        return b >= 0 && BASE_64[b];
    }
}
