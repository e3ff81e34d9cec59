package dev.serai.message;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * The log probability of one token.
 *
 * @param bytes the token's bytes as a JSON array, where they were told
 * @param alternatives the most likely tokens at this place, as a JSON array of entries of the same shape
 */
public record Logprob(
        String token,
        double logprob,
        @Nullable JsonNode bytes,
        @Nullable JsonNode alternatives) {}
