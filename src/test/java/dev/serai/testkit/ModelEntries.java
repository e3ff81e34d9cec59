package dev.serai.testkit;

import dev.serai.routing.config.ModelEntry;
import dev.serai.routing.config.ProviderEntry;
import dev.serai.routing.config.Strategy;
import dev.serai.routing.config.Timeouts;
import java.util.List;

/** Entries of ROUTES_CONFIG that say nothing but what a test needs of them. */
public final class ModelEntries {

    private ModelEntries() {}

    public static ModelEntry entry(String name, ProviderEntry... providers) {
        return entry(name, Strategy.ORDERED, providers);
    }

    public static ModelEntry entry(String name, Strategy strategy, ProviderEntry... providers) {
        return new ModelEntry(
                name,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                ModelEntry.Lane.AUTO,
                false,
                strategy,
                Timeouts.NONE,
                List.of(providers));
    }
}
