package dev.serai.routing.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.message.Cost;
import dev.serai.message.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
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
            @Nullable BigDecimal outputPer1m) {

        /** The currency of prices that name none. */
        public static final String USUAL_CURRENCY = "USD";

        /** From a price per million to billionths per token. */
        private static final BigDecimal NANOS = BigDecimal.valueOf(1_000);

        /**
         * What this usage costs, rounded half up to a billionth. Cached input has its own price where one is given; an
         * absent price is zero.
         */
        public Cost costOf(Usage usage) {
            long cached = Math.min(usage.cachedInputTokens(), usage.inputTokens());
            var nanos = price(inputPer1m)
                    .multiply(BigDecimal.valueOf(usage.inputTokens() - cached))
                    .add(price(inputCachePer1m != null ? inputCachePer1m : inputPer1m)
                            .multiply(BigDecimal.valueOf(cached)))
                    .add(price(outputPer1m).multiply(BigDecimal.valueOf(usage.outputTokens())))
                    .multiply(NANOS)
                    .setScale(0, RoundingMode.HALF_UP)
                    .min(BigDecimal.valueOf(Cost.MOST));
            return new Cost(nanos.longValueExact(), currency != null ? currency : USUAL_CURRENCY);
        }

        private static BigDecimal price(@Nullable BigDecimal per1m) {
            return per1m == null ? BigDecimal.ZERO : per1m;
        }
    }

    /** How a request may travel. */
    public enum Lane {
        /** Bytes pass through where the caller's protocol is the provider's own; else translated. */
        AUTO,
        /** Always through the canonical message. */
        TRANSLATED
    }
}
