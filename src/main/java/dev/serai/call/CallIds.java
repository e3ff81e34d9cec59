package dev.serai.call;

import java.util.UUID;
import java.util.random.RandomGenerator;

/** Names calls: {@code req_} and 24 characters that no two calls share. */
public final class CallIds {

    private static final char[] ALPHABET = "0123456789abcdefghijklmnopqrstuv".toCharArray();
    private static final int LENGTH = 24;

    private final RandomGenerator random;

    public CallIds(RandomGenerator random) {
        this.random = random;
    }

    /** An id for the ledger. */
    public UUID uid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    /** An id for callers. */
    public String next() {
        var id = new char[LENGTH];
        long bits = 0;
        for (int i = 0; i < LENGTH; i++) {
            if (i % 12 == 0) {
                bits = random.nextLong();
            }
            id[i] = ALPHABET[(int) (bits & 31)];
            bits >>>= 5;
        }
        return "req_" + new String(id);
    }
}
