package dev.serai.routing;

/** An upstream as one machine room: what its repeats and its concurrency are limited by. */
public record ProviderHost(String kind, String baseUrl) {}
