package dev.serai.routing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.serai.routing.config.ModelEntry;
import dev.serai.routing.config.ProviderEntry;
import dev.serai.routing.config.Strategy;
import dev.serai.routing.config.Timeouts;
import dev.serai.secret.Secret;
import dev.serai.testkit.ModelEntries;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Entries of a configuration, for tests. */
final class Entries {

    private Entries() {}

    /** A provider with the letter as its host and keys such as {@code A1}. */
    static ProviderEntry provider(String letter, int keys) {
        return provider(letter, keys, 1, null);
    }

    static ProviderEntry provider(String letter, int keys, int weight, @Nullable Long window) {
        var names = Stream.iterate(1, i -> i + 1)
                .limit(keys)
                .map(i -> new ProviderEntry.Key(letter + i, new Secret("sk-" + letter + i)))
                .toList();
        return new ProviderEntry(
                "openai",
                "model-" + letter,
                names,
                "https://" + letter,
                JsonNodeFactory.instance.objectNode(),
                weight,
                false,
                window,
                null,
                Timeouts.NONE);
    }

    static ModelEntry entry(ProviderEntry... providers) {
        return entry(Strategy.ORDERED, providers);
    }

    static ModelEntry entry(Strategy strategy, ProviderEntry... providers) {
        return ModelEntries.entry("demo", strategy, providers);
    }
}
