package dev.serai.protocol;

import java.util.Map;

/** An error as one protocol says it. The body is JSON in UTF-8; {@code Retry-After} is among the headers where waiting helps. */
public record ErrorAnswer(int status, Map<String, String> headers, byte[] body) {}
