package dev.serai.routing;

import dev.serai.credential.CredentialId;
import dev.serai.credential.CredentialUse;
import dev.serai.credential.KeyRotation;
import dev.serai.routing.config.ModelEntry;
import dev.serai.routing.config.ProviderEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A provider of an entry with all that is made once for a configuration.
 *
 * @param uses the provider's credentials in the order of its keys; one nameless where it needs none
 * @param contextWindow the provider's, else the entry's, when known
 */
record PlannedProvider(
        int position,
        ModelEntry entry,
        ProviderEntry provider,
        ProviderModel model,
        ProviderHost host,
        List<CredentialUse> uses,
        KeyRotation rotation,
        @Nullable Long contextWindow) {

    static PlannedProvider of(ModelEntry entry, int position) {
        var provider = entry.providers().get(position);
        var model = ProviderModel.of(provider);
        var uses = provider.keys().isEmpty()
                ? List.of(new CredentialUse(CredentialId.keyless(model.kind(), model.baseUrl()), model.model()))
                : provider.keys().stream()
                        .map(key -> CredentialId.of(model.kind(), model.baseUrl(), key.name(), key.secret()))
                        .map(id -> new CredentialUse(id, model.model()))
                        .toList();
        var window = provider.contextWindow() != null ? provider.contextWindow() : entry.contextWindow();
        return new PlannedProvider(
                position, entry, provider, model, model.host(), uses, new KeyRotation(uses.size()), window);
    }

    Candidate candidate(int key) {
        var keys = provider.keys();
        return new Candidate(entry, provider, keys.isEmpty() ? null : keys.get(key), position);
    }
}
