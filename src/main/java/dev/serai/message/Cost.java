package dev.serai.message;

/**
 * What something costs. A cost beyond {@link #MOST} is nobody's and is cut to it, so that sums stay sums.
 *
 * @param nanos billionths of the currency
 * @param currency ISO 4217
 */
public record Cost(long nanos, String currency) {

    /** More than any call costs: a million of any currency. */
    public static final long MOST = 1_000_000_000_000_000L;

    public Cost {
        if (nanos < 0) {
            throw new IllegalArgumentException("a negative cost");
        }
        nanos = Math.min(nanos, MOST);
    }
}
