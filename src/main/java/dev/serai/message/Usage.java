package dev.serai.message;

/**
 * Tokens of one answer.
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

    public static final Usage NONE = new Usage(0, 0, 0, 0, 0, false);

    public Usage {
        if (inputTokens < 0
                || cachedInputTokens < 0
                || cacheWriteTokens < 0
                || outputTokens < 0
                || reasoningTokens < 0) {
            throw new IllegalArgumentException("negative token count");
        }
    }

    public long totalTokens() {
        return Math.addExact(inputTokens, outputTokens);
    }
}
