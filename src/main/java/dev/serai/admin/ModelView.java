package dev.serai.admin;

import dev.serai.routing.config.ModelEntry;
import dev.serai.routing.config.ProviderEntry;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An entry of the models configuration as an operator may see it: keys by their names, custom parameters by theirs. */
final class ModelView {

    private ModelView() {}

    static Map<String, ?> of(ModelEntry entry) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("name", entry.name());
        view.put("aliases", entry.aliases());
        view.put("displayName", entry.displayName());
        view.put("description", entry.description());
        view.put("contextWindow", entry.contextWindow());
        view.put("maxInputTokens", entry.maxInputTokens());
        view.put("maxOutputTokens", entry.maxOutputTokens());
        view.put("pricing", pricing(entry.pricing()));
        view.put("flags", entry.flags());
        view.put("strategy", entry.strategy().name().toLowerCase(Locale.ROOT));
        view.put(
                "providers", entry.providers().stream().map(ModelView::provider).toList());
        return view;
    }

    private static @Nullable Map<String, ?> pricing(ModelEntry.@Nullable Pricing pricing) {
        if (pricing == null) {
            return null;
        }
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("currency", pricing.currency());
        view.put("inputPer1m", pricing.inputPer1m());
        view.put("inputCachePer1m", pricing.inputCachePer1m());
        view.put("outputPer1m", pricing.outputPer1m());
        return view;
    }

    private static Map<String, ?> provider(ProviderEntry provider) {
        var view = new LinkedHashMap<String, Object>();
        view.put("provider", provider.kind());
        view.put("model", provider.model());
        view.put(
                "apiKeys", provider.keys().stream().map(ProviderEntry.Key::name).toList());
        view.put("baseUrl", provider.baseUrl());
        view.put("weight", provider.weight());
        var custom = new java.util.ArrayList<String>();
        provider.customParams().fieldNames().forEachRemaining(custom::add);
        view.put("customParams", custom);
        return view;
    }
}
