package dev.serai.usage;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Usage added up.
 *
 * @param group what it was added up by; null for the total
 * @param keyName of one of its rows
 * @param failures calls that did not end well
 * @param estimated calls whose upstream did not tell their usage
 * @param costNanos billionths by currency
 */
record UsageSum(
        @Nullable String group,
        String keyName,
        BigDecimal calls,
        BigDecimal failures,
        BigDecimal estimated,
        BigDecimal inputTokens,
        BigDecimal cachedInputTokens,
        BigDecimal cacheWriteTokens,
        BigDecimal outputTokens,
        BigDecimal reasoningTokens,
        Map<String, BigDecimal> costNanos) {}
