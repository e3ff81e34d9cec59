package dev.serai.protocol;

import java.util.List;

/**
 * A request body for an upstream.
 *
 * @param bytes the body
 * @param dropped canonical names of what could not be carried, reported to the caller
 */
public record UpstreamBody(byte[] bytes, List<String> dropped) {}
