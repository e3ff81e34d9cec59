package dev.serai.protocol;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All protocols that callers may speak, by name. */
public final class Protocols {

    private static final String OPENAI = "openai-chat";
    private static final String ANTHROPIC = "anthropic-messages";
    private static final String GEMINI = "gemini";

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

    /** The protocol of a request whose path is shared or unknown; OpenAI's where the one meant is not served. */
    public Protocol spokenBy(RequestHead head) {
        return byName.getOrDefault(meantBy(head), named(OPENAI));
    }

    /**
     * The name of the protocol that a request means whose path is shared or unknown: a path under {@code /v1beta} says
     * Gemini, {@code anthropic-version} says Anthropic, {@code x-goog-api-key} or {@code ?key=} says Gemini, anything else
     * is OpenAI.
     */
    public static String meantBy(RequestHead head) {
        if (head.path().startsWith("/v1beta/")) {
            return GEMINI;
        }
        if (head.header("anthropic-version") != null) {
            return ANTHROPIC;
        }
        boolean google =
                head.header("x-goog-api-key") != null || !head.query("key").isEmpty();
        return google ? GEMINI : OPENAI;
    }
}
