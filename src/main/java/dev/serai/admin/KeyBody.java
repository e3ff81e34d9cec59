package dev.serai.admin;

import dev.serai.message.Refusal;
import dev.serai.secret.Secret;
import dev.serai.tenant.KeyLimits;
import dev.serai.tenant.KeySettings;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Settings of a key as the admin API writes them; fields that are not given stay as they are, null clears them. */
final class KeyBody {

    static final String NAME = "name";
    static final String EXPIRY = "expiryDate";

    /** A key that was made elsewhere; only where one is made. */
    static final String KEY = "key";

    /** What may be set. */
    static final Set<String> SETTABLE = Set.of(
            NAME,
            "model",
            "models",
            "tokenLimitPerDay",
            "tokenLimitPer5h",
            "requestsPerMinute",
            "tokensPerMinute",
            "maxConcurrentStreams",
            "spendLimitPerDay",
            "spendCurrency",
            EXPIRY,
            "enabled");

    private static final Set<String> SETTABLE_ONCE =
            Stream.concat(SETTABLE.stream(), Stream.of(KEY)).collect(Collectors.toUnmodifiableSet());

    /** What a key's record says and nobody may set. */
    private static final Set<String> COUNTED =
            Set.of("id", KEY, "createdAt", "updatedAt", "lastUsed", "totalLifetimeTokens", "previousKeyValidUntil");

    private final Fields fields;
    private final KeyModels models;

    private KeyBody(Fields fields, KeyModels models) {
        this.fields = fields;
        this.models = models;
    }

    /** Of a new key. @throws Refusal when there is a field that may not be set */
    static KeyBody forNew(Fields fields, KeyModels models) {
        fields.allow(SETTABLE_ONCE, COUNTED);
        return new KeyBody(fields, models);
    }

    /** Of a key that is there. @throws Refusal when there is a field that may not be set */
    static KeyBody forChange(Fields fields, KeyModels models) {
        fields.allow(SETTABLE, COUNTED);
        return new KeyBody(fields, models);
    }

    /** The key itself, where it was made elsewhere. */
    Optional<Secret> key() {
        String key = fields.text(KEY);
        if (key != null && key.isBlank()) {
            throw Refusal.invalid(KEY, "A key must not be empty");
        }
        return Optional.ofNullable(key).map(Secret::new);
    }

    /** Settings of a new key. */
    KeySettings create(Instant now) {
        var settings = applyTo(KeySettings.unlimited(name()));
        var expiry = settings.expiresAt();
        if (expiry != null && !expiry.isAfter(now)) {
            throw Refusal.invalid(EXPIRY, "Expiry date must not be in the past");
        }
        return settings;
    }

    /** These settings with what is given here. */
    KeySettings applyTo(KeySettings before) {
        return new KeySettings(
                fields.has(NAME) ? name() : before.name(),
                fields.has("model") ? models.known("model", fields.text("model")) : before.model(),
                fields.has("models") ? models.known("models", fields.texts("models")) : before.models(),
                limits(before.limits()),
                fields.has(EXPIRY) ? expiry() : before.expiresAt(),
                fields.has("enabled") ? !Boolean.FALSE.equals(fields.flag("enabled")) : before.enabled());
    }

    private KeyLimits limits(KeyLimits before) {
        return new KeyLimits(
                fields.has("tokenLimitPerDay") ? fields.wholeNumber("tokenLimitPerDay") : before.tokensPerDay(),
                fields.has("tokenLimitPer5h") ? fields.wholeNumber("tokenLimitPer5h") : before.tokensPer5Hours(),
                fields.has("requestsPerMinute") ? fields.smallNumber("requestsPerMinute") : before.requestsPerMinute(),
                fields.has("tokensPerMinute") ? fields.wholeNumber("tokensPerMinute") : before.tokensPerMinute(),
                fields.has("maxConcurrentStreams")
                        ? fields.smallNumber("maxConcurrentStreams")
                        : before.maxConcurrentStreams(),
                fields.has("spendLimitPerDay") ? fields.amount("spendLimitPerDay") : before.spendPerDay(),
                fields.has("spendCurrency") ? fields.text("spendCurrency") : before.spendCurrency());
    }

    private String name() {
        String name = fields.has(NAME) ? fields.text(NAME) : null;
        if (name == null) {
            throw Refusal.invalid(NAME, "Name is required and must be a string");
        }
        return name;
    }

    private @Nullable Instant expiry() {
        String text = fields.text(EXPIRY);
        return text == null ? null : Dates.read(EXPIRY, text);
    }
}
