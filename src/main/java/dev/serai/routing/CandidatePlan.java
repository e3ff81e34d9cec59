package dev.serai.routing;

import dev.serai.routing.config.ModelEntry;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** The candidates of one entry and the order of its providers for each call. One for each entry of a configuration. */
public final class CandidatePlan {

    private final ModelEntry entry;
    private final List<PlannedProvider> providers;
    private final ProviderOrder order;

    private CandidatePlan(ModelEntry entry, ProviderOrder order, CredentialPools pools) {
        this.entry = entry;
        this.order = order;
        this.providers = IntStream.range(0, entry.providers().size())
                .mapToObj(position -> PlannedProvider.of(entry, position, pools))
                .toList();
    }

    /**
     * The plan of an entry by its own strategy.
     *
     * @param random shared by all threads
     */
    public static CandidatePlan of(ModelEntry entry, RandomGenerator random, CredentialPools pools) {
        return new CandidatePlan(
                entry,
                switch (entry.strategy()) {
                    case ORDERED -> new OrderedProviders();
                    case ROUND_ROBIN -> new RoundRobinProviders();
                    case WEIGHTED -> new DrawnProviders(random, provider -> provider.weight());
                    case RANDOM -> new DrawnProviders(random, provider -> 1);
                },
                pools);
    }

    public ModelEntry entry() {
        return entry;
    }

    /** The providers in the order of one call. */
    List<PlannedProvider> ordered(String affinity) {
        if (providers.size() < 2) {
            return providers;
        }
        return IntStream.of(order.order(entry.providers(), affinity))
                .mapToObj(providers::get)
                .toList();
    }

    /** The providers as written. */
    List<PlannedProvider> providers() {
        return providers;
    }
}
