package dev.serai.routing;

import dev.serai.routing.config.ProviderEntry;
import java.util.List;
import java.util.stream.IntStream;

/** As written: the first provider takes all calls, the others stand in. */
final class OrderedProviders implements ProviderOrder {

    @Override
    public int[] order(List<ProviderEntry> providers, String affinity) {
        return IntStream.range(0, providers.size()).toArray();
    }
}
