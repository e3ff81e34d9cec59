package dev.serai.quota;

/**
 * What a key has used, as the ledger knew it when it was asked.
 *
 * @param dayTokens settled in the last 24 hours
 * @param fiveHoursTokens settled in the last 5 hours
 * @param daySpendNanos settled in the last 24 hours, in billionths of the key's currency
 * @param minuteCalls calls admitted in the last minute
 * @param minuteTokens settled in the last minute
 * @param reservedTokens of calls that run, and what is owed by calls that have just ended
 * @param reservedSpendNanos of calls that run
 * @param openCalls calls that run
 */
public record KeyState(
        long dayTokens,
        long fiveHoursTokens,
        long daySpendNanos,
        long minuteCalls,
        long minuteTokens,
        long reservedTokens,
        long reservedSpendNanos,
        int openCalls) {}
