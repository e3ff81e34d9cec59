package dev.serai.usage;

import java.time.Instant;
import java.util.UUID;

/** A row of {@code usage_minute}: what one key used of one model of one provider in one minute. */
record UsageRow(
        Instant minute,
        UUID keyId,
        String keyName,
        String model,
        String provider,
        String currency,
        long calls,
        long failures,
        long estimated,
        long inputTokens,
        long cachedInputTokens,
        long cacheWriteTokens,
        long outputTokens,
        long reasoningTokens,
        long costNanos) {}
