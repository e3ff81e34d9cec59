package dev.serai.routing;

import dev.serai.routing.config.ProviderEntry;

/**
 * A model at an upstream: what is healthy or not.
 *
 * @param model the upstream's name of the model
 */
public record ProviderModel(String kind, String baseUrl, String model) {

    public static ProviderModel of(ProviderEntry entry) {
        return new ProviderModel(entry.kind(), entry.baseUrl(), entry.model());
    }

    public ProviderHost host() {
        return new ProviderHost(kind, baseUrl);
    }
}
