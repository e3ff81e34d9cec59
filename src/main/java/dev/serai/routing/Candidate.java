package dev.serai.routing;

import dev.serai.routing.config.ModelEntry;
import dev.serai.routing.config.ProviderEntry;
import org.jspecify.annotations.Nullable;

/**
 * Where a call is tried: a provider of an entry with one of its credentials.
 *
 * @param key null where the provider needs none
 * @param position the provider's place in the entry, from 0
 */
public record Candidate(ModelEntry entry, ProviderEntry provider, ProviderEntry.@Nullable Key key, int position) {}
