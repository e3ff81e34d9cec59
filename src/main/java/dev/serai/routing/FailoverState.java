package dev.serai.routing;

import dev.serai.credential.CredentialBoard;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

/**
 * All that failover remembers from call to call. One for the process.
 *
 * @param nanos the process's monotonic time, which deadlines are told in too
 */
public record FailoverState(
        LongSupplier nanos,
        CredentialBoard credentials,
        ProviderHealth health,
        RetryBudget budget,
        ProviderLimits limits,
        CandidatePlans plans) {

    /**
     * Nothing remembered yet.
     *
     * @param random shared by all threads
     * @param limit the most calls at once for an upstream; 0 for no limit
     */
    public static FailoverState empty(LongSupplier nanos, RandomGenerator random, ToIntFunction<ProviderHost> limit) {
        return empty(nanos, random, limit, CredentialPools.NONE);
    }

    /** Nothing remembered yet, of providers some of which have pools. */
    public static FailoverState empty(
            LongSupplier nanos, RandomGenerator random, ToIntFunction<ProviderHost> limit, CredentialPools pools) {
        return new FailoverState(
                nanos,
                new CredentialBoard(nanos, random),
                new ProviderHealth(nanos, random),
                new RetryBudget(nanos),
                new ProviderLimits(limit),
                new CandidatePlans(nanos, random, pools));
    }
}
