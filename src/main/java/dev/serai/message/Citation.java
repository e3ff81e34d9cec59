package dev.serai.message;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A source that a text leans on.
 *
 * @param start first character of the text it supports, or -1
 * @param end one past the last such character, or -1
 * @param protocol the protocol whose form {@code raw} has
 * @param raw the citation as it came, for an encoder of the same protocol
 */
public record Citation(
        @Nullable String url,
        @Nullable String title,
        @Nullable String citedText,
        int start,
        int end,
        @Nullable String protocol,
        @Nullable JsonNode raw) {}
