package dev.serai.account;

import dev.serai.database.News;
import dev.serai.secret.Sealer;
import dev.serai.secret.Secret;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What one gateway has of accounts, put together without a gateway. */
final class Replica {

    static final Duration INTERVAL = Duration.ofSeconds(30);

    final Accounts accounts;
    final AccountTokens tokens;
    final AccountPools pools;
    final AccountChecks checks;
    final AccountNotes notes;
    final AccountUpkeep upkeep;
    final AccountPool pool;
    final HealthRows health;

    Replica(JdbcClient jdbc, News.Source source, Secret keyset, TokenIssuer issuer, LongSupplier nanos) {
        this(jdbc, source, keyset, issuer, nanos, INTERVAL);
    }

    Replica(
            JdbcClient jdbc,
            News.Source source,
            Secret keyset,
            TokenIssuer issuer,
            LongSupplier nanos,
            Duration interval) {
        var sealer = new Sealer(() -> keyset);
        var issuers = new Issuers(() -> List.of(issuer));
        var random = new Random(7);
        accounts = new Accounts(jdbc, sealer, Clock.systemUTC());
        tokens = new AccountTokens(
                new AccountRows(jdbc),
                new TokenRenewal(source, new AccountSeal(sealer), issuers, random, interval),
                nanos);
        health = new HealthRows(jdbc);
        notes = new AccountNotes(health, interval, nanos);
        pools = new AccountPools(health, notes, tokens, interval, nanos);
        pool = (AccountPool) pools.pool(FakeProvider.KIND);
        checks = new AccountChecks(tokens, pools, issuers);
        upkeep = new AccountUpkeep(health, notes, pools, tokens, () -> {}, issuers, interval);
    }

    List<String> members() {
        return pool.members("").all().stream().map(member -> member.name()).toList();
    }

    AccountStanding standing(String id) {
        return pools.standings().stream()
                .filter(standing -> standing.account().id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
