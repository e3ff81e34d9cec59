package dev.serai.routing.config;

import dev.serai.secret.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An immutable, valid ROUTES_CONFIG. A call takes it once, at its start, and keeps it to its end. */
public final class RoutesConfig {

    private final long generation;
    private final List<ModelEntry> models;
    private final Map<String, ModelEntry> exact = new LinkedHashMap<>();
    private final Map<String, ModelEntry> folded = new LinkedHashMap<>();
    private final Map<String, ModelEntry> byUpstreamModel = new LinkedHashMap<>();
    private final Optional<String> fallback;

    public RoutesConfig(long generation, List<ModelEntry> models) {
        this(generation, models, Optional.empty());
    }

    /**
     * @param fallback the name of the entry that stands in for unknown names, after {@code default} and {@code _default}
     */
    public RoutesConfig(long generation, List<ModelEntry> models, Optional<String> fallback) {
        this.generation = generation;
        this.fallback = fallback;
        this.models = List.copyOf(models);
        for (var model : this.models) {
            exact.put(model.name(), model);
        }
        for (var model : this.models) {
            folded.putIfAbsent(fold(model.name()), model);
        }
        for (var model : this.models) {
            model.aliases().forEach(alias -> folded.putIfAbsent(fold(alias), model));
            model.providers().forEach(provider -> byUpstreamModel.putIfAbsent(fold(provider.model()), model));
        }
    }

    /** Counts the configurations since the start; a running call shows by it which one it uses. */
    public long generation() {
        return generation;
    }

    /** All entries in the order written. */
    public List<ModelEntry> models() {
        return models;
    }

    /**
     * The entry for a name that a caller gave: exact, then name or alias without case, then a provider's model name,
     * then {@code default} or {@code _default}.
     */
    public Optional<ModelEntry> resolve(String name) {
        String trimmed = name.trim();
        var entry = exact.get(trimmed);
        if (entry == null) {
            entry = folded.get(fold(trimmed));
        }
        if (entry == null) {
            entry = byUpstreamModel.get(fold(trimmed));
        }
        if (entry == null) {
            entry = exact.get("default");
        }
        if (entry == null) {
            entry = exact.get("_default");
        }
        return entry != null ? Optional.of(entry) : fallback.map(other -> folded.get(fold(other)));
    }

    /** The key of this name that a provider of this kind has at this address, if the configuration still has it. */
    public Optional<Secret> key(String kind, String baseUrl, String name) {
        return models.stream()
                .flatMap(model -> model.providers().stream())
                .filter(provider ->
                        provider.kind().equals(kind) && provider.baseUrl().equals(baseUrl))
                .flatMap(provider -> provider.keys().stream())
                .filter(key -> key.name().equals(name))
                .map(ProviderEntry.Key::secret)
                .findFirst();
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
