package dev.serai.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole answer.
 *
 * @param id the upstream's id without a protocol's prefix
 * @param model the model that answered, in the upstream's words
 * @param created seconds since 1970, or 0 when the upstream does not say
 * @param usage null when the upstream did not tell
 * @param logprobs empty when nobody asked
 */
public record ChatResponse(
        String id,
        String model,
        long created,
        List<Part> parts,
        Finish finish,
        @Nullable Usage usage,
        @Nullable String serviceTier,
        List<Logprob> logprobs,
        Extensions extensions) {

    public ChatResponse {
        parts = List.copyOf(parts);
        logprobs = List.copyOf(logprobs);
    }

    public static ChatResponse of(
            String id, String model, long created, List<Part> parts, Finish finish, @Nullable Usage usage) {
        return new ChatResponse(id, model, created, parts, finish, usage, null, List.of(), Extensions.NONE);
    }
}
