package dev.serai.quota;

import dev.serai.tenant.ApiKey;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a call asks of its key's limits.
 *
 * @param call the call's id in the ledger
 * @param tokens what it will use, input and output, as far as can be told
 * @param inputTokens its input alone: what is charged when the gateway dies under it
 * @param spendNanos what that would cost, in billionths of {@code currency}
 * @param inputNanos what its input would cost
 * @param currency of the model's prices, null where it has none
 */
public record Ask(
        UUID call,
        ApiKey key,
        String protocol,
        String model,
        boolean stream,
        long tokens,
        long inputTokens,
        long spendNanos,
        long inputNanos,
        @Nullable String currency) {}
