package dev.serai.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.serai.database.DatabaseUrl;
import dev.serai.secret.Secret;
import dev.serai.testkit.FrozenConnection;
import dev.serai.testkit.TestClock;
import dev.serai.testkit.TestDatabase;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Two gateways on one database: what one changes, the other hears of. */
class KeyChangesTest {

    private static final String NAME = "key-changes-of-the-test";

    private final TestDatabase database = TestDatabase.fresh();
    private final DataSource source = database.dataSource();
    private final ApiKeyRepository repository = new ApiKeyRepository(JdbcClient.create(source));
    private final KeyDigests digests = new KeyDigests(new KeyDigest(new Secret("pepper-of-the-test")), null);
    private final AtomicInteger queries = new AtomicInteger();

    /** The gateway that changes keys. */
    private final KeyRegister register = new KeyRegister(
            repository,
            new ApiKeyFormat(new SecureRandom()),
            digests,
            Lookups.of(digests, repository, new KeyCache(repository::find, Ticker.systemTicker()), Clock.systemUTC()),
            new TransactionTemplate(new JdbcTransactionManager(source)),
            Clock.systemUTC());

    private KeyCache cache = new KeyCache(this::query, Ticker.systemTicker());
    private ApiKeys other = Lookups.of(digests, repository, cache, Clock.systemUTC());
    private KeyChanges changes = new KeyChanges(this::open, cache);
    private volatile DatabaseUrl address = database.url();

    @BeforeEach
    void start() {
        changes.start();
        await().until(cache::hears);
    }

    @AfterEach
    void stop() {
        changes.stop();
        database.close();
    }

    /** The other gateway's time stands still: what it remembers grows no older, only news can change it. */
    private void stopTime() {
        changes.stop();
        TestClock clock = new TestClock();
        cache = new KeyCache(this::query, clock::nanos);
        other = Lookups.of(digests, repository, cache, clock);
        changes = new KeyChanges(this::open, cache);
        start();
    }

    private java.sql.Connection open() throws java.sql.SQLException {
        return address.connect(NAME, Duration.ofSeconds(2));
    }

    private Optional<StoredKey> query(Digest digest) {
        queries.incrementAndGet();
        return repository.find(digest);
    }

    private static ConditionFactory withinASecond() {
        return await().pollInterval(Duration.ofMillis(10)).atMost(Duration.ofSeconds(1));
    }

    private static UnaryOperator<KeySettings> to(KeySettings settings) {
        return old -> settings;
    }

    private static KeySettings disabled(String name) {
        return new KeySettings(name, null, List.of(), KeyLimits.NONE, null, false);
    }

    @Test
    void anEndIsRefusedElsewhereWithinASecond() {
        stopTime();
        IssuedKey made = register.create(KeySettings.unlimited("one"));
        withinASecond().until(() -> other.find(made.plain().reveal()).isPresent());
        register.delete(made.key().id());
        withinASecond().until(() -> other.find(made.plain().reveal()).isEmpty());
    }

    @Test
    void everyKindOfChangeIsHeardOf() {
        stopTime();
        Secret old = new Secret("a-key-from-elsewhere-0123456789");
        assertThat(other.find(old.reveal())).isEmpty();
        UUID id = register.adopt(old, KeySettings.unlimited("one")).id();
        await().until(() -> other.find(old.reveal()).isPresent());
        register.update(id, to(KeySettings.unlimited("two")));
        await().until(() -> other.find(old.reveal()).map(ApiKey::name).equals(Optional.of("two")));
        register.update(id, to(disabled("two")));
        await().until(() -> other.find(old.reveal()).isEmpty());
        register.update(id, to(KeySettings.unlimited("two")));
        await().until(() -> other.find(old.reveal()).isPresent());
        IssuedKey second = register.regenerate(id, Duration.ZERO).orElseThrow();
        await().until(() -> other.find(old.reveal()).isEmpty());
        assertThat(other.find(second.plain().reveal())).isPresent();
        database.jdbc().sql("truncate api_key").update();
        await().until(() -> other.find(second.plain().reveal()).isEmpty());
    }

    @Test
    void useIsNoNews() {
        stopTime();
        IssuedKey made = register.create(KeySettings.unlimited("one"));
        IssuedKey signal = register.create(KeySettings.unlimited("signal"));
        await().until(() -> other.find(made.plain().reveal()).isPresent()
                && other.find(signal.plain().reveal()).isPresent());
        database.jdbc()
                .sql("update api_key set lifetime_tokens = 5, last_used_at = now()")
                .update();
        register.delete(signal.key().id());
        await().until(() -> other.find(signal.plain().reveal()).isEmpty());
        int before = queries.get();
        assertThat(other.find(made.plain().reveal())).isPresent();
        assertThat(queries).hasValue(before);
    }

    @Test
    void anEndWhileTheConnectionDiesIsRefusedInTime() {
        IssuedKey made = register.create(KeySettings.unlimited("one"));
        assertThat(other.find(made.plain().reveal())).isPresent();
        database.jdbc()
                .sql("select pg_terminate_backend(pid) from pg_stat_activity where application_name = :name")
                .param("name", NAME)
                .query((row, number) -> number)
                .list();
        register.delete(made.key().id());
        await().atMost(Duration.ofSeconds(2))
                .until(() -> other.find(made.plain().reveal()).isEmpty());
        await().until(cache::hears);
    }

    @Test
    void aConnectionThatOnlySeemsOpenIsNoticed() throws Exception {
        changes.stop();
        try (FrozenConnection between = FrozenConnection.to(database.url())) {
            address = between.url();
            changes = new KeyChanges(this::open, cache);
            start();
            between.freeze();
            await().atMost(Duration.ofSeconds(4)).until(() -> !cache.hears());
            address = database.url();
            await().until(cache::hears);
        }
    }

    @Test
    void keysGoOnWhileNobodyHearsAndNobodyCanBeAsked() {
        TestClock clock = new TestClock();
        var away = new java.util.concurrent.atomic.AtomicBoolean();
        KeyCache alone = new KeyCache(
                digest -> {
                    if (away.get()) {
                        throw new org.springframework.dao.DataAccessResourceFailureException("away");
                    }
                    return repository.find(digest);
                },
                clock::nanos);
        ApiKeys keys = Lookups.of(digests, repository, alone, clock);
        IssuedKey made = register.create(KeySettings.unlimited("one"));
        assertThat(keys.find(made.plain().reveal())).isPresent();
        away.set(true);
        clock.pass(Duration.ofMinutes(50));
        assertThat(keys.find(made.plain().reveal())).isPresent();
    }

    @Test
    void bothPeppersAreGoodAndAKeyMovesToTheNewOneWhenItIsUsed() {
        KeyDigest newer = new KeyDigest(new Secret("another-pepper-of-the-test"));
        KeyDigests both = new KeyDigests(newer, digests.current());
        IssuedKey first = register.create(KeySettings.unlimited("one"));
        IssuedKey second =
                register.regenerate(first.key().id(), Duration.ofHours(1)).orElseThrow();
        ApiKeys rotating =
                Lookups.of(both, repository, new KeyCache(repository::find, Ticker.systemTicker()), Clock.systemUTC());
        assertThat(rotating.find(first.plain().reveal())).isPresent();
        assertThat(rotating.find(second.plain().reveal())).isPresent();
        await().untilAsserted(() -> {
            assertThat(repository.find(newer.of(first.plain().reveal()))).isPresent();
            assertThat(repository.find(newer.of(second.plain().reveal()))).isPresent();
        });
        assertThat(database.jdbc()
                        .sql("select pepper_id from api_key")
                        .query(String.class)
                        .single())
                .isEqualTo(newer.pepperId());
        ApiKeys after = Lookups.of(
                new KeyDigests(newer, null),
                repository,
                new KeyCache(repository::find, Ticker.systemTicker()),
                Clock.systemUTC());
        assertThat(after.find(first.plain().reveal())).isPresent();
        assertThat(after.find(second.plain().reveal())).isPresent();
    }
}
