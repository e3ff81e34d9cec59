package dev.serai.policy.quota;

import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.quota.Ask;
import dev.serai.quota.Limit;
import dev.serai.quota.Verdict;
import dev.serai.tenant.KeyLimits;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Why a limit refuses a call, in words for its caller. */
final class QuotaRefusals {

    private static final int NANOS = 9;

    private QuotaRefusals() {}

    static Refusal of(Limit limit, Verdict verdict, Ask ask, KeyLimits limits) {
        var state = verdict.state();
        long held = state.reservedTokens();
        return switch (limit) {
            case MINUTE_CALLS ->
                rate(
                        "Request limit exceeded: this key may make " + limits.requestsPerMinute() + " calls a minute.",
                        verdict);
            case CONCURRENT ->
                rate(
                        "Concurrency limit exceeded: this key may have " + limits.maxConcurrentStreams()
                                + " calls in flight.",
                        verdict);
            case MINUTE_TOKENS ->
                rate(tokens("1-minute", state.minuteTokens() + held, limits.tokensPerMinute(), ask), verdict);
            case FIVE_HOURS ->
                quota(tokens("5-hour", state.fiveHoursTokens() + held, limits.tokensPer5Hours(), ask), verdict);
            case DAY -> quota(tokens("24-hour", state.dayTokens() + held, limits.tokensPerDay(), ask), verdict);
            case SPEND -> quota(spend(state.daySpendNanos() + state.reservedSpendNanos(), limits, ask), verdict);
        };
    }

    private static String tokens(String window, long used, @Nullable Long limit, Ask ask) {
        return "Token limit exceeded for " + window + " window: " + used + " of " + limit
                + " tokens are used or reserved, and this call needs about " + ask.tokens() + ".";
    }

    private static String spend(long used, KeyLimits limits, Ask ask) {
        return "Spending limit exceeded for 24-hour window: " + money(used) + " of " + limits.spendPerDay() + " "
                + limits.spendCurrency() + " are spent or reserved, and this call needs about "
                + money(ask.spendNanos()) + ".";
    }

    private static String money(long nanos) {
        return BigDecimal.valueOf(nanos, NANOS).stripTrailingZeros().toPlainString();
    }

    /** A rate that no waiting helps is a quota: the call is too large for it. */
    private static Refusal rate(String message, Verdict verdict) {
        return verdict.retryAfter() == null ? quota(message, verdict) : refusal(Kind.RATE_LIMITED, message, verdict);
    }

    private static Refusal quota(String message, Verdict verdict) {
        return refusal(Kind.QUOTA_EXHAUSTED, message, verdict);
    }

    private static Refusal refusal(Kind kind, String message, Verdict verdict) {
        return new Refusal(Failure.of(kind, FailureClass.CLIENT, message).withRetryAfter(verdict.retryAfter()));
    }
}
