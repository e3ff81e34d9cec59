package dev.serai.account;

import dev.serai.database.DataDirectory;
import dev.serai.database.Database;
import dev.serai.database.News;
import dev.serai.routing.config.RoutesConfigStore;
import dev.serai.secret.Sealer;
import dev.serai.secret.Secret;
import dev.serai.secret.Secrets;
import dev.serai.secret.StartRefused;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts the pools together, and finds the keyset under which secrets of accounts are sealed when the first one needs it. */
@Configuration(proxyBeanMethods = false)
class AccountConfiguration {

    private static final String KEYSET = "SEAL_KEYSET";

    @Bean
    Sealer sealer(Secrets secrets, Database database, DataDirectory data) {
        return new Sealer(() -> secrets.find(KEYSET).orElseGet(() -> generated(database, data)));
    }

    private static Secret generated(Database database, DataDirectory data) {
        if (!database.isEmbedded()) {
            throw new StartRefused(
                    "With DATABASE_URL, accounts need SEAL_KEYSET (or SEAL_KEYSET_FILE), the same in every"
                            + " replica; `java -jar serai.jar new-seal-keyset` makes one.");
        }
        return data.secrets().keep(KEYSET, Sealer::newKeyset);
    }

    /** What serves calls; a command that only imports does not. */
    @Configuration(proxyBeanMethods = false)
    @Profile("!import")
    @EnableConfigurationProperties(AccountProperties.class)
    static class Pools {

        /** Longer than a lock is waited for. */
        private static final Duration LOCK_PATIENCE = Duration.ofSeconds(15);

        private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(2);

        @Bean
        Issuers issuers(ObjectProvider<TokenIssuer> issuers, ObjectProvider<MeterRegistry> metrics) {
            return new Issuers(() -> issuers.stream()
                    .<TokenIssuer>map(issuer -> new CountedIssuer(issuer, metrics.getObject()))
                    .toList());
        }

        @Bean
        MeterBinder accountMetrics(AccountPools pools, Issuers issuers) {
            return new AccountMetrics(pools, issuers);
        }

        @Bean
        AccountTokens accountTokens(
                JdbcClient jdbc, Database database, Sealer sealer, Issuers issuers, AccountProperties properties) {
            var renewal = new TokenRenewal(
                    () -> database.url().connect("serai-account-tokens", LOCK_PATIENCE),
                    new AccountSeal(sealer),
                    issuers,
                    () -> ThreadLocalRandom.current().nextLong(),
                    properties.healthInterval());
            return new AccountTokens(new AccountRows(jdbc), renewal, System::nanoTime);
        }

        @Bean
        AccountNotes accountNotes(JdbcClient jdbc, AccountProperties properties) {
            return new AccountNotes(new HealthRows(jdbc), properties.healthInterval(), System::nanoTime);
        }

        @Bean
        AccountPools accountPools(
                JdbcClient jdbc, AccountNotes notes, AccountTokens tokens, AccountProperties properties) {
            return new AccountPools(new HealthRows(jdbc), notes, tokens, properties.healthInterval(), System::nanoTime);
        }

        @Bean
        News accountChanges(Database database, AccountPools pools) {
            return new News(
                    "account",
                    "accounts",
                    () -> database.url().connect("serai-account-changes", CONNECT_PATIENCE),
                    pools);
        }

        @Bean
        ConfiguredAccounts configuredAccounts(
                RoutesConfigStore store, Accounts accounts, AccountPools pools, Issuers issuers) {
            return new ConfiguredAccounts(store, accounts, pools, issuers);
        }

        @Bean
        AccountChecks accountChecks(AccountTokens tokens, AccountPools pools, Issuers issuers) {
            return new AccountChecks(tokens, pools, issuers);
        }

        @Bean
        AccountRoutes accountRoutes(
                JdbcClient jdbc,
                AccountNotes notes,
                AccountPools pools,
                AccountTokens tokens,
                ConfiguredAccounts configured,
                Issuers issuers,
                AccountProperties properties) {
            return new AccountRoutes(new AccountUpkeep(
                    new HealthRows(jdbc),
                    notes,
                    pools,
                    tokens,
                    configured::takeOver,
                    issuers,
                    properties.healthInterval()));
        }
    }
}
