package dev.serai.routing;

import dev.serai.routing.config.ProviderEntry;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Every provider first in its turn, followed by the others as written. */
final class RoundRobinProviders implements ProviderOrder {

    private final AtomicInteger turn = new AtomicInteger();

    @Override
    public int[] order(List<ProviderEntry> providers, String affinity) {
        int size = providers.size();
        int first = (turn.getAndIncrement() & Integer.MAX_VALUE) % Math.max(1, size);
        return IntStream.range(0, size).map(i -> (first + i) % size).toArray();
    }
}
