package dev.serai.routing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.serai.routing.config.ModelEntry;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** The plan of every entry in use: made when first asked for, gone an hour after its entry's last call. Thread-safe. */
public final class CandidatePlans {

    private static final int MOST = 10_000;

    private final RandomGenerator random;
    private final CredentialPools pools;
    /** Weak keys compare entries by identity. */
    private final Cache<ModelEntry, CandidatePlan> plans;

    /**
     * No plans yet.
     *
     * @param random shared by all threads
     */
    public CandidatePlans(LongSupplier nanos, RandomGenerator random, CredentialPools pools) {
        this.random = random;
        this.pools = pools;
        this.plans = Caffeine.newBuilder()
                .weakKeys()
                .expireAfterAccess(Duration.ofHours(1))
                .maximumSize(MOST)
                .ticker(nanos::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    public CandidatePlan plan(ModelEntry entry) {
        return plans.get(entry, unseen -> CandidatePlan.of(unseen, random, pools));
    }
}
