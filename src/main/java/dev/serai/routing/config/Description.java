package dev.serai.routing.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.routing.config.ModelEntry.Pricing;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an entry or a provider says about a model for the model list. */
record Description(
        @Nullable String displayName,
        @Nullable String description,
        @Nullable Long contextWindow,
        @Nullable Long maxInputTokens,
        @Nullable Long maxOutputTokens,
        @Nullable String currency,
        @Nullable BigDecimal inputPrice,
        @Nullable BigDecimal inputCachePrice,
        @Nullable BigDecimal outputPrice,
        @Nullable ObjectNode metadata,
        List<String> flags) {

    static final Description NONE =
            new Description(null, null, null, null, null, null, null, null, null, null, List.of());

    static final List<String> MEMBERS = List.of(
            "displayName",
            "description",
            "contextWindow",
            "maxInputTokens",
            "maxOutputTokens",
            "pricingCurrency",
            "inputPricePer1m",
            "inputCachePricePer1m",
            "outputPricePer1m",
            "metadata",
            "flags");

    static Description read(Fields fields) {
        return new Description(
                fields.text("displayName"),
                fields.text("description"),
                fields.count("contextWindow"),
                fields.count("maxInputTokens"),
                fields.count("maxOutputTokens"),
                fields.text("pricingCurrency"),
                fields.price("inputPricePer1m"),
                fields.price("inputCachePricePer1m"),
                fields.price("outputPricePer1m"),
                fields.object("metadata"),
                fields.texts("flags").stream().map(Fields.Written::text).toList());
    }

    /** This, with the other's values where it is silent. */
    Description or(Description other) {
        return new Description(
                first(displayName, other.displayName),
                first(description, other.description),
                first(contextWindow, other.contextWindow),
                first(maxInputTokens, other.maxInputTokens),
                first(maxOutputTokens, other.maxOutputTokens),
                first(currency, other.currency),
                first(inputPrice, other.inputPrice),
                first(inputCachePrice, other.inputCachePrice),
                first(outputPrice, other.outputPrice),
                first(metadata, other.metadata),
                flags.isEmpty() ? other.flags : flags);
    }

    @Nullable
    Pricing pricing() {
        return currency == null && inputPrice == null && inputCachePrice == null && outputPrice == null
                ? null
                : new Pricing(currency, inputPrice, inputCachePrice, outputPrice);
    }

    private static <T> @Nullable T first(@Nullable T own, @Nullable T other) {
        return own != null ? own : other;
    }
}
