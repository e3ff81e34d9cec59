package dev.serai.routing;

import dev.serai.credential.CredentialId;
import dev.serai.credential.CredentialUse;
import dev.serai.credential.KeyRotation;
import dev.serai.credential.PoolMember;
import dev.serai.credential.PoolMembers;
import dev.serai.routing.config.ProviderEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of a provider as one call finds them.
 *
 * @param uses named keys in the order of the entry, or the members of a pool, or one nameless where none is needed; empty
 *     only of a pool
 * @param members of a pool, in the order of {@code uses}; empty where there is none
 */
record KeyRing(List<CredentialUse> uses, List<PoolMember> members, KeyRotation rotation) {

    static KeyRing of(ProviderEntry provider) {
        var model = ProviderModel.of(provider);
        var uses = provider.keys().isEmpty()
                ? List.of(new CredentialUse(CredentialId.keyless(model.kind(), model.baseUrl()), model.model()))
                : provider.keys().stream()
                        .map(key -> CredentialId.of(model.kind(), model.baseUrl(), key.name(), key.secret()))
                        .map(id -> new CredentialUse(id, model.model()))
                        .toList();
        return new KeyRing(uses, List.of(), new KeyRotation(uses.size()));
    }

    static KeyRing of(PoolMembers pool, ProviderModel model) {
        var uses = pool.all().stream()
                .map(member -> new CredentialUse(member.id(model.kind(), model.baseUrl()), model.model()))
                .toList();
        return new KeyRing(uses, pool.all(), pool.rotation());
    }

    @Nullable
    PoolMember member(int at) {
        return members.isEmpty() ? null : members.get(at);
    }
}
