package dev.serai.routing.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.secret.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One provider of a model entry.
 *
 * @param kind a provider kind such as {@code openai}; the provider route is {@code provider.<kind>}
 * @param model the upstream's name of the model
 * @param keys the credentials whose environment variables are set, in the order written; empty where the kind needs none
 * @param baseUrl where the upstream is, without a trailing slash ({@code direct:…} for kind camel); the kind's default when not given
 * @param customParams members put last into the upstream's body
 * @param weight for the weighted strategy, at least 1
 * @param chatOnly the Responses surface is never used ({@code provider: openaiChat})
 */
public record ProviderEntry(
        String kind,
        String model,
        List<Key> keys,
        String baseUrl,
        ObjectNode customParams,
        int weight,
        boolean chatOnly,
        @Nullable Long contextWindow,
        @Nullable Long maxOutputTokens,
        Timeouts timeouts) {

    /** A credential by the name of its environment variable; the name may be logged, the secret never. */
    public record Key(String name, Secret secret) {}
}
