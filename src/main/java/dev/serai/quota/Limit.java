package dev.serai.quota;

/** A limit of a key, by the word that the function {@code reserve_quota} has for it. */
public enum Limit {
    /** Tokens in 24 hours. */
    DAY("day"),
    /** Tokens in 5 hours. */
    FIVE_HOURS("five_hours"),
    /** Money in 24 hours. */
    SPEND("spend"),
    /** Tokens in a minute. */
    MINUTE_TOKENS("minute_tokens"),
    /** Calls in a minute. */
    MINUTE_CALLS("minute_calls"),
    /** Calls in flight. */
    CONCURRENT("concurrent");

    private final String word;

    Limit(String word) {
        this.word = word;
    }

    static Limit of(String word) {
        for (var limit : values()) {
            if (limit.word.equals(word)) {
                return limit;
            }
        }
        throw new IllegalArgumentException("no limit is called " + word);
    }
}
