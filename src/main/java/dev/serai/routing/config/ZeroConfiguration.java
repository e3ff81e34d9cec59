package dev.serai.routing.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.serai.routing.config.ModelEntry.Lane;
import dev.serai.routing.config.ProviderEntry.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway serves while ROUTES_CONFIG is empty: with {@code ZAI_API_KEY} the GLM models, the coding plan's
 * endpoint ahead of the general one; without it a {@code demo} model answered by the built-in simulator.
 */
final class ZeroConfiguration {

    private static final String ZAI_KEY = "ZAI_API_KEY";
    private static final String CODING_PLAN = "https://api.z.ai/api/coding/paas/v4";
    private static final String GENERAL = "https://api.z.ai/api/paas/v4";
    private static final String DEFAULT_MODEL = "glm-4.7";

    private final PlainEnvironment environment;

    ZeroConfiguration(PlainEnvironment environment) {
        this.environment = environment;
    }

    /**
     * Entries without ROUTES_CONFIG.
     *
     * @param fallback the entry for names that nobody knows
     */
    record Entries(List<ModelEntry> models, Optional<String> fallback, List<Problem> warnings) {}

    Entries entries(KeyValues keyValues) {
        var key = keyValues.find(ZAI_KEY);
        if (key.secret() != null) {
            return glm(new Key(ZAI_KEY, key.secret()));
        }
        List<Problem> warnings = isBlank(environment.get(ZAI_KEY)) && isBlank(environment.get(ZAI_KEY + "_FILE"))
                ? List.of()
                : List.of(new Problem(0, ZAI_KEY, key.fault() + "; the GLM models are not served"));
        return new Entries(List.of(demo()), Optional.empty(), warnings);
    }

    private Entries glm(Key key) {
        List<ModelEntry> models = new ArrayList<>();
        for (var model : GlmModel.ALL) {
            models.add(entry(model.name(), model.contextWindow(), model.maxOutputTokens(), zhipu(model.name(), key)));
        }
        String written = environment.get("DEFAULT_MODEL");
        String fallback = written == null || written.isBlank() ? DEFAULT_MODEL : written.strip();
        var fault = Names.fault(fallback);
        if (fault.isPresent()) {
            var warning = new Problem(0, "DEFAULT_MODEL", fault.get() + "; " + DEFAULT_MODEL + " is used");
            return new Entries(List.copyOf(models), Optional.of(DEFAULT_MODEL), List.of(warning));
        }
        if (models.stream().noneMatch(model -> model.name().equalsIgnoreCase(fallback))) {
            models.add(entry(fallback, null, null, zhipu(fallback, key)));
        }
        return new Entries(List.copyOf(models), Optional.of(fallback), List.of());
    }

    private static boolean isBlank(@Nullable String value) {
        return value == null || value.isBlank();
    }

    private static List<ProviderEntry> zhipu(String model, Key key) {
        return List.of(
                provider(ProviderKind.ZHIPU, model, List.of(key), CODING_PLAN),
                provider(ProviderKind.ZHIPU, model, List.of(key), GENERAL));
    }

    private static ModelEntry demo() {
        return entry(
                "demo",
                null,
                null,
                List.of(provider(ProviderKind.SIMULATOR, "demo", List.of(), "direct:provider.simulator")));
    }

    private static ProviderEntry provider(ProviderKind kind, String model, List<Key> keys, String url) {
        var customParams = JsonNodeFactory.instance.objectNode();
        return new ProviderEntry(kind.id(), model, keys, url, customParams, 1, false, null, null, Timeouts.NONE);
    }

    private static ModelEntry entry(
            String name, @Nullable Long contextWindow, @Nullable Long maxOutput, List<ProviderEntry> providers) {
        return new ModelEntry(
                name,
                List.of(),
                null,
                null,
                contextWindow,
                null,
                maxOutput,
                null,
                null,
                List.of(),
                null,
                Lane.AUTO,
                false,
                Strategy.ORDERED,
                Timeouts.NONE,
                providers);
    }
}
