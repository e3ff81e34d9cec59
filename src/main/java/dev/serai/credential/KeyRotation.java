package dev.serai.credential;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The order in which the keys of one pool are tried. Without affinity the pool is walked round robin, and the neighbour
 * that stands in for a resting key changes from round to round, so that its load is shared. With affinity the order is
 * the conversation's own and always the same. Thread-safe.
 */
public final class KeyRotation {

    private final int size;
    private final AtomicInteger counter;

    /**
     * A rotation at its first key.
     *
     * @param size how many keys the pool has; a turn over none has nothing to try
     */
    public KeyRotation(int size) {
        this(size, new AtomicInteger());
    }

    private KeyRotation(int size, AtomicInteger counter) {
        if (size < 0) {
            throw new IllegalArgumentException("fewer keys than none");
        }
        this.size = size;
        this.counter = counter;
    }

    /** The rotation of a pool that has grown or shrunk to {@code size} keys: it goes on from where this one is. */
    KeyRotation resized(int size) {
        return new KeyRotation(size, counter);
    }

    /** One walk over the pool: every key's index once. */
    public static final class Turn {
        private final int size;
        private final int step;
        private int at;
        private int left;

        private Turn(int size, int start, int step) {
            this.size = size;
            this.step = step;
            this.at = start;
            this.left = size;
        }

        public boolean hasNext() {
            return left > 0;
        }

        /** The index of the next key. */
        public int next() {
            if (left-- <= 0) {
                throw new IllegalStateException("every key has had its turn");
            }
            int index = at;
            at = (at + step) % size;
            return index;
        }
    }

    /**
     * The order for one call.
     *
     * @param affinity what keeps a conversation on one key, or {@code ""}
     */
    public Turn turn(String affinity) {
        if (size <= 1) {
            return new Turn(size, 0, 0);
        }
        int seed = affinity.isEmpty() ? counter.getAndIncrement() & Integer.MAX_VALUE : spread(affinity);
        return new Turn(size, seed % size, step(seed / size));
    }

    /** A step that visits every index. */
    private int step(int seed) {
        int step = 1 + seed % (size - 1);
        while (gcd(step, size) != 1) {
            step = step == size - 1 ? 1 : step + 1;
        }
        return step;
    }

    private static int spread(String affinity) {
        int hash = affinity.hashCode() * 0x9E3779B9;
        return (hash ^ (hash >>> 15)) & Integer.MAX_VALUE;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
