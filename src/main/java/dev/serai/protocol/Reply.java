package dev.serai.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * What an answer's encoder must know of the request.
 *
 * @param requestId the call's id
 * @param model the model name as the caller asked for it; answers carry this one
 * @param stream the caller asked for a stream
 * @param includeUsage the caller asked for usage in the stream
 * @param traits those of the {@link Envelope}
 * @param echo members of the request that the answer repeats ({@link Protocol#echo}); empty for a tap on bytes that pass
 */
public record Reply(
        String requestId,
        String model,
        boolean stream,
        boolean includeUsage,
        Map<String, String> traits,
        Map<String, JsonNode> echo) {

    public Reply {
        traits = Map.copyOf(traits);
        echo = Map.copyOf(echo);
    }

    /** A reply to a request without traits or echo. */
    public Reply(String requestId, String model, boolean stream, boolean includeUsage) {
        this(requestId, model, stream, includeUsage, Map.of(), Map.of());
    }
}
