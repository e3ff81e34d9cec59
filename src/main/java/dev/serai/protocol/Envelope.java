package dev.serai.protocol;

import dev.serai.json.JsonObjectSpans;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request's top level: what routing and passthrough need, without a tree.
 *
 * @param protocol the caller's protocol
 * @param body the request's bytes as they came
 * @param members where each top-level member stands in {@code body}
 * @param model the model name the caller asked for
 * @param stream the caller wants a stream
 * @param includeUsage the caller wants usage in the stream
 * @param affinity a key that keeps a conversation on one credential (prompt cache key, else user), or {@code ""}
 * @param maxOutputTokens what the caller allows, or -1
 * @param traits what the protocol keeps of the request's head, such as the API version, under names of its own
 * @param parsed what the protocol has read of the body for itself, so that it reads it once; null for nothing
 */
public record Envelope(
        String protocol,
        byte[] body,
        JsonObjectSpans members,
        String model,
        boolean stream,
        boolean includeUsage,
        String affinity,
        long maxOutputTokens,
        Map<String, String> traits,
        @Nullable Object parsed) {

    private static final byte[] RELEASED = {};

    public Envelope(
            String protocol,
            byte[] body,
            JsonObjectSpans members,
            String model,
            boolean stream,
            boolean includeUsage,
            String affinity,
            long maxOutputTokens,
            Map<String, String> traits) {
        this(protocol, body, members, model, stream, includeUsage, affinity, maxOutputTokens, traits, null);
    }

    /** The same without the bytes, which need not be held any longer. */
    public Envelope withoutBody() {
        return new Envelope(
                protocol, RELEASED, members, model, stream, includeUsage, affinity, maxOutputTokens, traits);
    }
}
