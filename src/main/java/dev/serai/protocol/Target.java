package dev.serai.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Where a request goes, as far as its encoding depends on it.
 *
 * @param model the upstream's name of the model
 * @param stream the caller wants a stream
 * @param prompt an operator's text to stand in front of the system text
 * @param customParams members set last, over anything (empty: none)
 * @param maxOutputTokens the model's limit, when known
 * @param refuseLosses a loss is an error ({@code on_unsupported: error})
 */
public record Target(
        String model,
        boolean stream,
        @Nullable String prompt,
        ObjectNode customParams,
        @Nullable Long maxOutputTokens,
        boolean refuseLosses) {}
