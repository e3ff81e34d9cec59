package dev.serai.admin;

import dev.serai.tenant.KeyLimits;
import dev.serai.tenant.KeyRecord;
import dev.serai.tenant.KeySettings;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A key's record as the admin API shows it; what is not set is null. */
final class KeyView {

    private KeyView() {}

    /** With the key masked. */
    static Map<String, ?> masked(KeyRecord key) {
        return of(key, key.masked());
    }

    /** With the key as it is to be shown. */
    static Map<String, ?> of(KeyRecord key, String shown) {
        var view = new LinkedHashMap<String, Object>();
        view.put("id", key.id().toString());
        view.put("key", shown);
        view.putAll(settings(key.settings()));
        view.put("createdAt", key.createdAt().toString());
        view.put("updatedAt", key.updatedAt().toString());
        view.put("lastUsed", text(key.lastUsedAt()));
        view.put("totalLifetimeTokens", key.lifetimeTokens());
        view.put("previousKeyValidUntil", text(key.previousValidUntil()));
        return view;
    }

    /** What may be set. */
    static Map<String, @Nullable Object> settings(KeySettings settings) {
        KeyLimits limits = settings.limits();
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("name", settings.name());
        view.put("model", settings.model());
        view.put("models", settings.models());
        view.put("tokenLimitPerDay", limits.tokensPerDay());
        view.put("tokenLimitPer5h", limits.tokensPer5Hours());
        view.put("requestsPerMinute", limits.requestsPerMinute());
        view.put("tokensPerMinute", limits.tokensPerMinute());
        view.put("maxConcurrentStreams", limits.maxConcurrentStreams());
        var spend = limits.spendPerDay();
        view.put("spendLimitPerDay", spend == null ? null : spend.stripTrailingZeros());
        view.put("spendCurrency", limits.spendCurrency());
        view.put("expiryDate", text(settings.expiresAt()));
        view.put("enabled", settings.enabled());
        return view;
    }

    /** What is different, each with {@code from} and {@code to}. */
    static Map<String, ?> changes(KeySettings before, KeySettings after) {
        var from = settings(before);
        var changes = new LinkedHashMap<String, Object>();
        settings(after).forEach((name, value) -> {
            if (!Objects.equals(from.get(name), value)) {
                var change = new LinkedHashMap<String, @Nullable Object>();
                change.put("from", from.get(name));
                change.put("to", value);
                changes.put(name, change);
            }
        });
        return changes;
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
