package dev.serai.message;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How tokens are drawn; null where the caller said nothing. */
public record Sampling(
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable Integer topK,
        @Nullable Long seed,
        @Nullable Double presencePenalty,
        @Nullable Double frequencyPenalty,
        List<String> stop,
        @Nullable Integer n,
        @Nullable Boolean logprobs,
        @Nullable Integer topLogprobs,
        Map<String, Double> logitBias) {

    public static final Sampling NONE =
            new Sampling(null, null, null, null, null, null, List.of(), null, null, null, Map.of());

    public Sampling {
        stop = List.copyOf(stop);
        logitBias = Collections.unmodifiableMap(new LinkedHashMap<>(logitBias));
    }

    public Sampling withTemperature(@Nullable Double value) {
        return new Sampling(
                value, topP, topK, seed, presencePenalty, frequencyPenalty, stop, n, logprobs, topLogprobs, logitBias);
    }
}
