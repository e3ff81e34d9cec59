package dev.serai.account;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** How many accounts of each pool can be used, and how many cannot. */
final class AccountMetrics implements MeterBinder {

    private final AccountPools pools;
    private final Issuers issuers;

    AccountMetrics(AccountPools pools, Issuers issuers) {
        this.pools = pools;
        this.issuers = issuers;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (String provider : issuers.providers()) {
            for (var health : Health.values()) {
                Gauge.builder("serai.accounts", pools, all -> all.count(provider, health))
                        .description("Accounts at providers")
                        .tag("gen_ai.provider.name", provider)
                        .tag("health", health.word())
                        .register(registry);
            }
        }
    }
}
