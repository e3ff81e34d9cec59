package dev.serai.message;

/**
 * Tokens of one answer. A count beyond {@link #MOST} is nobody's and is cut to it, so that sums stay sums.
 *
 * @param inputTokens all input, cached and written to the cache included
 * @param outputTokens all output, reasoning included
 * @param estimated the upstream did not say; these are the gateway's own count
 */
public record Usage(
        long inputTokens,
        long cachedInputTokens,
        long cacheWriteTokens,
        long outputTokens,
        long reasoningTokens,
        boolean estimated) {

    /** More tokens than any answer has: a trillion. */
    public static final long MOST = 1_000_000_000_000L;

    public static final Usage NONE = new Usage(0, 0, 0, 0, 0, false);

    public Usage {
        if (inputTokens < 0
                || cachedInputTokens < 0
                || cacheWriteTokens < 0
                || outputTokens < 0
                || reasoningTokens < 0) {
            throw new IllegalArgumentException("negative token count");
        }
        inputTokens = Math.min(inputTokens, MOST);
        cachedInputTokens = Math.min(cachedInputTokens, MOST);
        cacheWriteTokens = Math.min(cacheWriteTokens, MOST);
        outputTokens = Math.min(outputTokens, MOST);
        reasoningTokens = Math.min(reasoningTokens, MOST);
    }

    /** Both together; an estimate when either is one. */
    public Usage plus(Usage other) {
        return this == NONE
                ? other
                : new Usage(
                        inputTokens + other.inputTokens,
                        cachedInputTokens + other.cachedInputTokens,
                        cacheWriteTokens + other.cacheWriteTokens,
                        outputTokens + other.outputTokens,
                        reasoningTokens + other.reasoningTokens,
                        estimated || other.estimated);
    }

    public long totalTokens() {
        return inputTokens + outputTokens;
    }
}
