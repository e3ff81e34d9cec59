package dev.serai.media;

import org.jspecify.annotations.Nullable;

/**
 * Where a video is being made.
 *
 * @param provider the kind
 * @param credential the name of the key or account that asked for it; only with that one it may be looked at
 * @param task what the maker knows it by
 * @param conversation the conversation at the upstream that it stands in, where there is one
 */
public record Commission(
        String provider,
        String baseUrl,
        String model,
        String credential,
        String task,
        @Nullable String conversation) {}
