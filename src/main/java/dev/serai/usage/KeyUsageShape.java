package dev.serai.usage;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.tenant.ApiKey;
import dev.serai.tenant.KeyLimits;
import dev.serai.usage.KeyUsage.Window;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The answer of {@code /stats}: the names of GLM Proxy, in both of its ages, and every window of the key besides. */
final class KeyUsageShape {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Duration FIVE_HOURS = Duration.ofHours(5);
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration BUCKET = Duration.ofMinutes(1);

    private KeyUsageShape() {}

    static ObjectNode of(ApiKey key, KeyUsage usage) {
        var limits = key.limits();
        var history = usage.history();
        var answer = JSON.objectNode();
        answer.put("key", history == null ? null : history.masked());
        answer.put("name", key.name());
        answer.put("model", key.forcedModel());
        answer.put("token_limit_per_5h", limits.tokensPer5Hours());
        answer.put("token_limit_per_day", limits.tokensPerDay());
        answer.put("expiry_date", text(key.expiresAt()));
        answer.put("created_at", history == null ? null : text(history.createdAt()));
        answer.put("last_used", history == null ? null : text(history.lastUsedAt()));
        answer.put("is_expired", key.expiresAt() != null && !usage.at().isBefore(key.expiresAt()));
        answer.set("current_usage", current(limits, usage));
        answer.put("total_lifetime_tokens", history == null ? null : history.lifetimeTokens());
        windows(answer, limits, usage);
        return answer;
    }

    private static ObjectNode current(KeyLimits limits, KeyUsage usage) {
        var current = JSON.objectNode();
        current.put("tokens_used_in_current_window", usage.fiveHours().used());
        span(current, "window", usage.fiveHours(), FIVE_HOURS, usage.at());
        current.put("tokens_used_today", usage.day().used());
        span(current, "day", usage.day(), DAY, usage.at());
        current.put("tokens_reserved", usage.day().reserved());
        var remaining = Stream.of(
                        left(limits.tokensPer5Hours(), usage.fiveHours()), left(limits.tokensPerDay(), usage.day()))
                .filter(Objects::nonNull)
                .flatMapToLong(LongStream::of)
                .min();
        current.put("remaining_tokens", remaining.isPresent() ? (Long) remaining.getAsLong() : null);
        return current;
    }

    /** A rolling window begins with the oldest use that still counts and ends when that use leaves it. */
    private static void span(ObjectNode current, String name, Window window, Duration length, Instant now) {
        var frees = window.freesAt();
        current.put(
                name + "_started_at",
                text(frees == null ? now : frees.minus(length).minus(BUCKET)));
        current.put(name + "_ends_at", text(frees == null ? now.plus(length) : frees));
    }

    private static void windows(ObjectNode answer, KeyLimits limits, KeyUsage usage) {
        var windows = answer.putArray("windows");
        windows.add(window("5h", "tokens", limits.tokensPer5Hours(), usage.fiveHours()));
        windows.add(window("24h", "tokens", limits.tokensPerDay(), usage.day()));
        windows.add(spend(limits, usage.daySpend()));
        windows.add(window("minute", "tokens", limits.tokensPerMinute(), usage.minuteTokens()));
        var calls = limits.requestsPerMinute();
        windows.add(window("minute", "requests", calls == null ? null : calls.longValue(), usage.minuteCalls()));
        var most = limits.maxConcurrentStreams();
        answer.putObject("concurrent_streams")
                .put("limit", most)
                .put("used", usage.openCalls())
                .put("remaining", most == null ? null : (Integer) Math.max(0, most - usage.openCalls()));
    }

    private static ObjectNode window(String name, String counts, @Nullable Long limit, Window window) {
        return JSON.objectNode()
                .put("name", name)
                .put("counts", counts)
                .put("limit", limit)
                .put("used", window.used())
                .put("reserved", window.reserved())
                .put("remaining", left(limit, window))
                .put("frees_at", text(window.freesAt()));
    }

    private static ObjectNode spend(KeyLimits limits, Window window) {
        var limit = limits.spendPerDay();
        var used = Money.of(window.used());
        var reserved = Money.of(window.reserved());
        var remaining =
                limit == null ? null : limit.subtract(used).subtract(reserved).max(BigDecimal.ZERO);
        return JSON.objectNode()
                .put("name", "24h")
                .put("counts", "spend")
                .put("currency", limits.spendCurrency())
                .put("limit", limit)
                .put("used", used)
                .put("reserved", reserved)
                .put("remaining", remaining)
                .put("frees_at", text(window.freesAt()));
    }

    private static @Nullable Long left(@Nullable Long limit, Window window) {
        return limit == null ? null : (Long) Math.max(0, limit - window.used() - window.reserved());
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
