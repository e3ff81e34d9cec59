package dev.serai.tenant;

import dev.serai.message.Refusal;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the settings of a key must keep to; fields have the names of the admin API. */
final class KeyRules {

    static final int LONGEST_TEXT = 255;

    private static final int MOST_MODELS = 1_000;
    private static final long MOST_TOKENS = 1_000_000_000_000_000L;
    private static final BigDecimal MOST_SPEND = BigDecimal.valueOf(1_000_000_000);
    private static final int SPEND_DECIMALS = 8;
    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private KeyRules() {}

    static void check(KeySettings settings) {
        text("name", settings.name());
        if (settings.model() != null) {
            text("model", settings.model());
        }
        models(settings.models());
        limits(settings.limits());
        Instant expiresAt = settings.expiresAt();
        if (expiresAt != null && (expiresAt.isBefore(EARLIEST) || expiresAt.isAfter(LATEST))) {
            throw Refusal.invalid("expiryDate", "The expiry must be between the years 1970 and 9999.");
        }
    }

    private static void models(List<String> models) {
        if (models.size() > MOST_MODELS) {
            throw Refusal.invalid("models", "A key can list at most " + MOST_MODELS + " models.");
        }
        for (int i = 0; i < models.size(); i++) {
            text("models[" + i + "]", models.get(i));
        }
    }

    private static void limits(KeyLimits limits) {
        count("tokenLimitPerDay", limits.tokensPerDay());
        count("tokenLimitPer5h", limits.tokensPer5Hours());
        count("requestsPerMinute", limits.requestsPerMinute());
        count("tokensPerMinute", limits.tokensPerMinute());
        count("maxConcurrentStreams", limits.maxConcurrentStreams());
        spend(limits.spendPerDay(), limits.spendCurrency());
    }

    private static void text(String field, String text) {
        if (text.isBlank() || text.length() > LONGEST_TEXT) {
            throw Refusal.invalid(field, "Must have 1 to " + LONGEST_TEXT + " characters.");
        }
        if (text.chars().anyMatch(Character::isISOControl)
                || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw Refusal.invalid(field, "Must be plain text, without control characters.");
        }
    }

    private static void count(String field, @Nullable Number limit) {
        if (limit != null && (limit.longValue() < 1 || limit.longValue() > MOST_TOKENS)) {
            throw Refusal.invalid(field, "Must be a whole number from 1 to " + MOST_TOKENS + ".");
        }
    }

    private static void spend(@Nullable BigDecimal limit, @Nullable String currency) {
        if (currency != null && !isCurrency(currency)) {
            throw Refusal.invalid("spendCurrency", "Must be a currency of ISO 4217, such as USD.");
        }
        if (limit == null) {
            return;
        }
        if (currency == null) {
            throw Refusal.invalid("spendCurrency", "A spend limit needs its currency.");
        }
        if (limit.signum() <= 0
                || limit.compareTo(MOST_SPEND) > 0
                || limit.stripTrailingZeros().scale() > SPEND_DECIMALS) {
            throw Refusal.invalid(
                    "spendLimitPerDay",
                    "Must be above 0 and at most " + MOST_SPEND + ", with at most " + SPEND_DECIMALS + " decimals.");
        }
    }

    private static boolean isCurrency(String code) {
        return Currency.getAvailableCurrencies().stream()
                .anyMatch(currency -> currency.getCurrencyCode().equals(code));
    }
}
