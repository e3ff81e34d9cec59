package dev.serai.routing;

import dev.serai.credential.PoolMember;
import dev.serai.routing.config.ModelEntry;
import dev.serai.routing.config.ProviderEntry;
import org.jspecify.annotations.Nullable;

/**
 * Where a call is tried: a provider of an entry with one of its credentials.
 *
 * @param key null where the provider needs none, or has a pool
 * @param position the provider's place in the entry, from 0
 * @param member whose turn it is in the pool of the provider's kind; null where there is no pool
 */
public record Candidate(
        ModelEntry entry,
        ProviderEntry provider,
        ProviderEntry.@Nullable Key key,
        int position,
        @Nullable PoolMember member) {

    /** A candidate of a provider without a pool. */
    public Candidate(ModelEntry entry, ProviderEntry provider, ProviderEntry.@Nullable Key key, int position) {
        this(entry, provider, key, position, null);
    }
}
