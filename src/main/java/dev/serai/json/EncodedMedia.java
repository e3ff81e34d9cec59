package dev.serai.json;

import java.util.ArrayList;
import java.util.List;

/** Finds pictures, sounds and files in a request: long runs of base 64, which say nothing of tokens by their length. */
public final class EncodedMedia {

    /** What one of them counts, where nothing better is known of it. */
    public static final long TOKENS = 1_000;

    /** No word and no line of code is as long. */
    private static final int LEAST = 4096;

    private static final boolean[] BASE_64 = new boolean[128];

    static {
        for (char c : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-_".toCharArray()) {
            BASE_64[c] = true;
        }
    }

    private EncodedMedia() {}

    /** Where they stand, in their order. Looks at one byte in 2 KiB, and closer where that could be part of a run. */
    public static List<Span> in(byte[] body) {
        List<Span> runs = new ArrayList<>();
        int step = LEAST / 2;
        int end = 0;
        for (int probe = step; probe < body.length; probe = Math.max(probe + step, end)) {
            int from = begin(body, probe, end);
            end = end(body, probe);
            if (end - from >= LEAST) {
                runs.add(new Span(from, end));
            }
        }
        return runs;
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
