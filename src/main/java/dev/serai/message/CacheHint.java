package dev.serai.message;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The caller asks the provider to cache the prompt up to here.
 *
 * @param ttl how long, or null for the provider's own default
 */
public record CacheHint(@Nullable Duration ttl) {}
