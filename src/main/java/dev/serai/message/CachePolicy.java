package dev.serai.message;

import org.jspecify.annotations.Nullable;

/**
 * Prompt caching for the whole request.
 *
 * @param key what keeps like prompts together
 * @param ttl a duration as the OpenAI protocols write it, such as {@code 30m}
 * @param mode {@code implicit} or {@code explicit}
 */
public record CachePolicy(
        @Nullable String key,
        @Nullable String ttl,
        @Nullable String mode) {}
