package dev.serai.routing;

import dev.serai.routing.config.ProviderEntry;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Drawn by lot, each place in proportion to the weights of those still in the draw (Efraimidis and Spirakis, "Weighted
 * random sampling with a reservoir", 2006).
 */
final class DrawnProviders implements ProviderOrder {

    private final RandomGenerator random;
    private final ToIntFunction<ProviderEntry> weight;

    DrawnProviders(RandomGenerator random, ToIntFunction<ProviderEntry> weight) {
        this.random = random;
        this.weight = weight;
    }

    @Override
    public int[] order(List<ProviderEntry> providers, String affinity) {
        var lots = providers.stream()
                .mapToDouble(entry -> -Math.log(1 - random.nextDouble()) / Math.max(1, weight.applyAsInt(entry)))
                .toArray();
        return IntStream.range(0, lots.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> lots[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
