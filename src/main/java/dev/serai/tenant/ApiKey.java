package dev.serai.tenant;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A caller's key as policies see it, without the key.
 *
 * @param id stays the same when the key is regenerated
 * @param name for people: logs, statistics
 * @param forcedModel every call of this key goes to this model, whatever it asks for
 * @param allowedModels public names this key may ask for; empty means all
 * @param expiresAt the key is refused from then on
 */
public record ApiKey(
        UUID id,
        String name,
        @Nullable String forcedModel,
        List<String> allowedModels,
        KeyLimits limits,
        @Nullable Instant expiresAt) {

    public ApiKey {
        allowedModels = List.copyOf(allowedModels);
    }

    /** A key without limits. */
    public static ApiKey unlimited(UUID id, String name) {
        return new ApiKey(id, name, null, List.of(), KeyLimits.NONE, null);
    }

    /** Whether the key may use the model of this public name; upper and lower case do not matter. */
    public boolean mayUse(String model) {
        if (forcedModel != null) {
            return forcedModel.equalsIgnoreCase(model);
        }
        return allowedModels.isEmpty() || allowedModels.stream().anyMatch(model::equalsIgnoreCase);
    }
}
