package dev.serai.protocol;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All protocols that callers may speak, by name. */
public final class Protocols {

    /** A request's headers by name, without case. */
    @FunctionalInterface
    public interface Headers {

        /** The header's first value, or null. */
        @Nullable
        String first(String name);
    }

    private static final String DEFAULT = "openai-chat";

    private final Map<String, Protocol> byName;

    public Protocols(List<Protocol> protocols) {
        byName = protocols.stream().collect(Collectors.toUnmodifiableMap(Protocol::name, Function.identity()));
    }

    /** @throws IllegalArgumentException for a name that no protocol has */
    public Protocol named(String name) {
        var protocol = byName.get(name);
        if (protocol == null) {
            throw new IllegalArgumentException("no protocol is named " + name);
        }
        return protocol;
    }

    /**
     * The protocol of a request whose path is shared or unknown: {@code anthropic-version} says Anthropic,
     * {@code x-goog-api-key} or a path under {@code /v1beta} says Gemini, anything else is OpenAI.
     */
    public Protocol spokenBy(Headers headers, String path) {
        if (headers.first("anthropic-version") != null) {
            return byName.getOrDefault("anthropic-messages", named(DEFAULT));
        }
        if (headers.first("x-goog-api-key") != null || path.startsWith("/v1beta")) {
            return byName.getOrDefault("gemini", named(DEFAULT));
        }
        return named(DEFAULT);
    }
}
