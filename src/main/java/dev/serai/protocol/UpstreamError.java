package dev.serai.protocol;

/** The {@code error} object of an answer; {@code ""} for what it does not say. */
public record UpstreamError(String code, String type, String message) {}
