package dev.serai.media;

/**
 * Where a video is being made.
 *
 * @param provider the kind
 * @param credential the name of the key or account that asked for it; only with that one it may be looked at
 * @param task its name at the upstream
 */
public record Commission(String provider, String baseUrl, String model, String credential, String task) {}
