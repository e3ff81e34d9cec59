package dev.serai.routing.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One public model name of ROUTES_CONFIG with its ordered providers.
 *
 * @param name the public name
 * @param aliases further names, matched without case
 * @param prompt an operator's text in front of the system text ({@code config.prompt})
 * @param lane whether requests may pass through ({@code config.lane})
 * @param refuseLosses {@code on_unsupported: error}
 * @param strategy how candidates are ordered
 * @param metadata carried to the model list as it is
 */
public record ModelEntry(
        String name,
        List<String> aliases,
        @Nullable String displayName,
        @Nullable String description,
        @Nullable Long contextWindow,
        @Nullable Long maxInputTokens,
        @Nullable Long maxOutputTokens,
        @Nullable Pricing pricing,
        @Nullable ObjectNode metadata,
        List<String> flags,
        @Nullable String prompt,
        Lane lane,
        boolean refuseLosses,
        Strategy strategy,
        Timeouts timeouts,
        List<ProviderEntry> providers) {

    /** Prices per million tokens; absent ones are not shown. */
    public record Pricing(
            @Nullable String currency,
            @Nullable BigDecimal inputPer1m,
            @Nullable BigDecimal inputCachePer1m,
            @Nullable BigDecimal outputPer1m) {}

    /** How a request may travel. */
    public enum Lane {
        /** Bytes pass through where the caller's protocol is the provider's own; else translated. */
        AUTO,
        /** Always through the canonical message. */
        TRANSLATED
    }
}
