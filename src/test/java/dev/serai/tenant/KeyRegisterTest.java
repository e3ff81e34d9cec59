package dev.serai.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.serai.message.Refusal;
import dev.serai.secret.Secret;
import dev.serai.testkit.TestClock;
import dev.serai.testkit.TestDatabase;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The life of keys, in a real database. */
class KeyRegisterTest {

    private static final KeyLimits LIMITS = new KeyLimits(1000L, 500L, 10, 2000L, 3, new BigDecimal("12.5"), "USD");

    private final TestDatabase database = TestDatabase.fresh();
    private final DataSource source = database.dataSource();
    private final TestClock clock = new TestClock();
    private final KeyDigest digest = new KeyDigest(new Secret("pepper-of-the-test"));
    private final ApiKeyRepository repository = new ApiKeyRepository(JdbcClient.create(source));
    private final ApiKeys lookup =
            Lookups.of(new KeyDigests(digest, null), repository, new KeyCache(repository::find, clock::nanos), clock);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(source));
    private final KeyRegister register = new KeyRegister(
            repository, new ApiKeyFormat(new SecureRandom()), new KeyDigests(digest, null), lookup, transaction, clock);

    @AfterEach
    void drop() {
        database.close();
    }

    private static KeySettings settings(String name) {
        return new KeySettings(name, null, List.of("glm-5"), LIMITS, Instant.parse("2027-01-01T00:00:00Z"), true);
    }

    private static KeySettings disabled(KeySettings old) {
        return new KeySettings(old.name(), old.model(), old.models(), old.limits(), old.expiresAt(), false);
    }

    private static KeySettings spending(KeySettings old, @Nullable String currency) {
        KeyLimits limits = new KeyLimits(null, null, null, null, null, null, currency);
        return new KeySettings(old.name(), old.model(), old.models(), limits, old.expiresAt(), old.enabled());
    }

    @Test
    void whatIsSetComesBackAndTheKeyWorks() {
        IssuedKey made = register.create(settings("  team a "));
        String plain = made.plain().reveal();
        assertThat(plain).matches(ApiKeyFormat.PATTERN);
        assertThat(made.key().settings()).isEqualTo(settings("team a"));
        assertThat(made.key().masked()).isEqualTo(plain.substring(0, 7) + "…" + plain.substring(plain.length() - 4));
        assertThat(made.key().createdAt()).isEqualTo(clock.instant());
        assertThat(register.find(made.key().id())).contains(made.key());
        assertThat(register.findByKey(plain)).contains(made.key());
        assertThat(lookup.find(plain).map(ApiKey::limits)).contains(LIMITS);
        assertThat(register.find(UUID.randomUUID())).isEmpty();
        assertThat(made.toString()).doesNotContain(plain);
    }

    @Test
    void aChangeAndAnEndAreInForceHereAtOnce() {
        IssuedKey made = register.create(settings("one"));
        assertThat(lookup.find(made.plain().reveal())).isPresent();
        assertThat(register.update(made.key().id(), KeyRegisterTest::disabled)).isPresent();
        assertThat(lookup.find(made.plain().reveal())).isEmpty();
        register.update(made.key().id(), old -> settings("two"));
        assertThat(lookup.find(made.plain().reveal()).map(ApiKey::name)).contains("two");
        assertThat(register.delete(made.key().id())).isTrue();
        assertThat(lookup.find(made.plain().reveal())).isEmpty();
        assertThat(register.delete(made.key().id())).isFalse();
        assertThat(register.update(made.key().id(), old -> old)).isEmpty();
        assertThat(register.regenerate(made.key().id(), Duration.ZERO)).isEmpty();
    }

    @Test
    void aRegeneratedKeyLivesOnForItsGraceAndNoLonger() {
        IssuedKey first = register.create(settings("one"));
        clock.pass(Duration.ofSeconds(5));
        IssuedKey second =
                register.regenerate(first.key().id(), Duration.ofMinutes(10)).orElseThrow();
        assertThat(second.key().id()).isEqualTo(first.key().id());
        assertThat(second.key().settings()).isEqualTo(first.key().settings());
        assertThat(second.key().previousValidUntil()).isEqualTo(clock.instant().plusSeconds(600));
        assertThat(lookup.find(first.plain().reveal())).isPresent();
        assertThat(register.findByKey(first.plain().reveal())).contains(second.key());
        clock.pass(Duration.ofMinutes(10));
        assertThat(lookup.find(first.plain().reveal())).isEmpty();
        assertThat(register.findByKey(first.plain().reveal())).isEmpty();
        assertThat(lookup.find(second.plain().reveal())).isPresent();

        IssuedKey third = register.regenerate(first.key().id(), Duration.ZERO).orElseThrow();
        assertThat(lookup.find(second.plain().reveal())).isEmpty();
        assertThat(lookup.find(third.plain().reveal())).isPresent();
        assertThat(third.key().previousValidUntil()).isNull();
        assertThatThrownBy(() -> register.regenerate(first.key().id(), Duration.ofDays(31)))
                .asInstanceOf(type(Refusal.class))
                .satisfies(refusal -> assertThat(refusal.failure().param()).isEqualTo("gracePeriodSeconds"));
    }

    @Test
    void aKeyFromElsewhereWorksAsItIsAndIsTakenOnce() {
        assertThat(lookup.find("sk-my-old-key-1234567890abcdef")).isEmpty();
        Secret old = new Secret("sk-my-old-key-1234567890abcdef");
        KeyRecord adopted = register.adopt(old, settings("old"));
        assertThat(adopted.masked()).isEqualTo("sk-my-…def");
        assertThat(lookup.find(old.reveal()).map(ApiKey::id)).contains(adopted.id());
        assertThatThrownBy(() -> register.adopt(old, settings("again")))
                .asInstanceOf(type(KeyTaken.class))
                .satisfies(taken -> assertThat(taken.id()).isEqualTo(adopted.id()));
        for (String never : List.of("with space", "two,keys", "ключ", "k".repeat(513), "pk_" + "A".repeat(46))) {
            assertThatThrownBy(() -> register.adopt(new Secret(never), settings("never")))
                    .as(never)
                    .isInstanceOf(Refusal.class);
        }
    }

    @Test
    void concurrentChangesLoseNothing() throws Exception {
        UUID id = register.create(KeySettings.unlimited("0")).key().id();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var changes = IntStream.range(0, 20)
                    .mapToObj(i -> threads.submit(() -> register.update(
                            id, old -> KeySettings.unlimited(Integer.toString(Integer.parseInt(old.name()) + 1)))))
                    .toList();
            for (var change : changes) {
                change.get();
            }
        }
        assertThat(register.find(id).map(KeyRecord::settings)).contains(KeySettings.unlimited("20"));
    }

    @Test
    void theListIsNewestFirstAndSearchedByPartsOfNames() {
        for (String name : List.of("alpha", "beta_1", "Beta%2", "gamma")) {
            register.create(KeySettings.unlimited(name));
            clock.pass(Duration.ofSeconds(1));
        }
        assertThat(names(register.list(10, 0, null))).containsExactly("gamma", "Beta%2", "beta_1", "alpha");
        assertThat(names(register.list(2, 1, null))).containsExactly("Beta%2", "beta_1");
        assertThat(register.list(2, 1, null).total()).isEqualTo(4);
        assertThat(names(register.list(10, 0, "beta"))).containsExactly("Beta%2", "beta_1");
        assertThat(names(register.list(10, 0, "%"))).containsExactly("Beta%2");
        assertThat(names(register.list(10, 0, "_"))).containsExactly("beta_1");
        assertThat(names(register.list(10, 0, "!\0\\"))).isEmpty();
        assertThatThrownBy(() -> register.list(0, 0, null)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> register.list(1, -1, null)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> register.list(1, 0, "x".repeat(256))).isInstanceOf(Refusal.class);
    }

    private static List<String> names(KeyPage page) {
        return page.keys().stream().map(key -> key.settings().name()).toList();
    }

    @Test
    void aRowThatWasEditedByHandIsListedWhateverItHolds() {
        IssuedKey made = register.create(KeySettings.unlimited("by hand"));
        database.jdbc()
                .sql(
                        "update api_key set spend_currency = 'QQQ', spend_limit_per_day = 99999999999, expires_at = 'infinity'")
                .update();
        assertThat(register.list(10, 0, null).total()).isEqualTo(1);
        assertThat(register.find(made.key().id())).isPresent();
        assertThat(lookup.find(made.plain().reveal())).isPresent();
    }

    @Test
    void spendingBeginsAnewInAnotherCurrency() {
        UUID id = register.create(spending(settings("money"), "USD")).key().id();
        database.jdbc()
                .sql("select lock_accounts(array[:id])")
                .param("id", id)
                .query((row, n) -> n)
                .single();
        database.jdbc().sql("update quota_account set day_spend = 7").update();
        register.update(id, old -> spending(settings("other name"), "USD"));
        assertThat(spent()).isEqualTo(7);
        register.update(id, old -> spending(old, "EUR"));
        assertThat(spent()).isZero();
    }

    private long spent() {
        return database.jdbc()
                .sql("select day_spend from quota_account")
                .query(Long.class)
                .single();
    }

    @Test
    void aSurroundingTransactionIsJoinedAndAChangeThatIsRolledBackNeverWas() {
        IssuedKey[] made = new IssuedKey[1];
        transaction.execute(status -> {
            made[0] = register.create(settings("never"));
            status.setRollbackOnly();
            return null;
        });
        assertThat(register.find(made[0].key().id())).isEmpty();
        assertThat(lookup.find(made[0].plain().reveal())).isEmpty();
    }

    @Test
    void whatAKeyUsedElsewhereCountsForItsWindows() {
        Instant now = Instant.now();
        var history = new KeyHistory(
                Instant.parse("2025-12-01T10:00:00Z"),
                Instant.parse("2026-01-02T10:00:00Z"),
                777,
                List.of(
                        new KeyHistory.UsedWindow(now.minus(Duration.ofHours(2)), 40),
                        new KeyHistory.UsedWindow(now.minus(Duration.ofHours(9)), 2),
                        new KeyHistory.UsedWindow(now.minus(Duration.ofDays(3)), 1000)));
        KeyRecord key = register.adopt(new Secret("imported-0123456789"), settings("old"), history);
        assertThat(key.createdAt()).isEqualTo(history.createdAt());
        assertThat(key.lastUsedAt()).isEqualTo(history.lastUsedAt());
        assertThat(key.lifetimeTokens()).isEqualTo(777);
        assertThat(database.jdbc()
                        .sql("select day_tokens || ' ' || five_hours_tokens from quota_account")
                        .query(String.class)
                        .single())
                .isEqualTo("42 40");
    }

    @Test
    void whatCannotBeKeptIsRefusedByTheNameOfItsField() {
        refused("name", KeySettings.unlimited(" "));
        refused("name", KeySettings.unlimited("x".repeat(256)));
        refused("name", KeySettings.unlimited("a\0b"));
        refused("name", KeySettings.unlimited("\ud800"));
        refused("model", new KeySettings("n", "", List.of(), KeyLimits.NONE, null, true));
        refused("models[1]", new KeySettings("n", null, List.of("a", "\n"), KeyLimits.NONE, null, true));
        refused("expiryDate", new KeySettings("n", null, List.of(), KeyLimits.NONE, Instant.MAX, true));
        refused("tokenLimitPerDay", limited(new KeyLimits(0L, null, null, null, null, null, null)));
        refused("maxConcurrentStreams", limited(new KeyLimits(null, null, null, null, -1, null, null)));
        refused("spendCurrency", limited(new KeyLimits(null, null, null, null, null, BigDecimal.ONE, null)));
        refused("spendCurrency", limited(new KeyLimits(null, null, null, null, null, null, "usd")));
        refused(
                "spendLimitPerDay",
                limited(new KeyLimits(null, null, null, null, null, new BigDecimal("0.000000001"), "USD")));
        refused(
                "spendLimitPerDay",
                limited(new KeyLimits(null, null, null, null, null, new BigDecimal("1e10"), "USD")));
    }

    private static KeySettings limited(KeyLimits limits) {
        return new KeySettings("n", null, List.of(), limits, null, true);
    }

    private void refused(String field, KeySettings settings) {
        assertThatThrownBy(() -> register.create(settings))
                .asInstanceOf(type(Refusal.class))
                .satisfies(refusal -> assertThat(refusal.failure().param()).isEqualTo(field));
    }
}
