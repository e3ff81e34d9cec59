package dev.serai.routing;

import dev.serai.credential.CredentialPool;
import dev.serai.credential.PoolMembers;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The ring of a provider with a pool: made anew for the first call that finds the pool changed. Thread-safe. */
final class PooledRing implements Supplier<KeyRing> {

    private final CredentialPool pool;
    private final ProviderModel model;
    private volatile @Nullable Made made;

    PooledRing(CredentialPool pool, ProviderModel model) {
        this.pool = pool;
        this.model = model;
    }

    private record Made(PoolMembers members, KeyRing ring) {}

    @Override
    public KeyRing get() {
        var members = pool.members(model.baseUrl());
        var known = made;
        if (known == null || known.members != members) {
            known = new Made(members, KeyRing.of(members, model));
            made = known;
        }
        return known.ring;
    }
}
