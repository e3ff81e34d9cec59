package dev.serai.protocol;

import org.jspecify.annotations.Nullable;

/** Numbers the parts of a streamed answer: a delta of another shape begins a new part. */
public final class PartCounter {

    private int last = -1;
    private @Nullable Shape shape;

    /** Parts that grow by deltas without a number of their own. */
    public enum Shape {
        TEXT,
        REFUSAL,
        REASONING
    }

    /** The index of the part that a delta of this shape belongs to. */
    public int open(Shape wanted) {
        if (shape != wanted) {
            last++;
            shape = wanted;
        }
        return last;
    }

    /** The index of a new part that no delta goes on with. */
    public int next() {
        shape = null;
        return ++last;
    }

    /** The part under way is whole: whatever comes next begins a new one. */
    public void close() {
        shape = null;
    }

    public int current() {
        return Math.max(0, last);
    }
}
