package dev.serai.routing;

import dev.serai.credential.CredentialPool;
import dev.serai.credential.CredentialUse;
import dev.serai.routing.config.ModelEntry;
import dev.serai.routing.config.ProviderEntry;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A provider of an entry with all that is made once for a configuration.
 *
 * @param rings its credentials now
 * @param pool where they come from, if not from the entry
 * @param contextWindow the provider's, else the entry's, when known
 */
record PlannedProvider(
        int position,
        ModelEntry entry,
        ProviderEntry provider,
        ProviderModel model,
        ProviderHost host,
        Supplier<KeyRing> rings,
        @Nullable CredentialPool pool,
        @Nullable Long contextWindow) {

    static PlannedProvider of(ModelEntry entry, int position, CredentialPools pools) {
        var provider = entry.providers().get(position);
        var model = ProviderModel.of(provider);
        var window = provider.contextWindow() != null ? provider.contextWindow() : entry.contextWindow();
        var kindsPool = pools.of(model.kind());
        var pool = kindsPool == null
                        || kindsPool.holdsNamedKeys()
                        || provider.keys().isEmpty()
                ? kindsPool
                : null;
        Supplier<KeyRing> rings = pool == null ? fixed(provider) : new PooledRing(pool, model);
        return new PlannedProvider(position, entry, provider, model, model.host(), rings, pool, window);
    }

    private static Supplier<KeyRing> fixed(ProviderEntry provider) {
        var ring = KeyRing.of(provider);
        return () -> ring;
    }

    List<CredentialUse> uses() {
        return rings.get().uses();
    }

    Candidate candidate(KeyRing ring, int key) {
        var member = ring.member(key);
        var keys = provider.keys();
        return new Candidate(
                entry, provider, member != null || keys.isEmpty() ? null : keys.get(key), position, member);
    }
}
