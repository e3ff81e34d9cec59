package dev.serai.routing;

import dev.serai.routing.config.ProviderEntry;
import java.util.List;

/**
 * One strategy: in which order an entry's providers are tried. One object for each entry of a configuration, asked once
 * for each call, from many threads. What a strategy wants to know beyond the entry it takes in its constructor.
 */
@FunctionalInterface
public interface ProviderOrder {

    /**
     * Every index of {@code providers}, once, the first to try first.
     *
     * @param affinity what keeps a conversation together, or {@code ""}
     */
    int[] order(List<ProviderEntry> providers, String affinity);
}
