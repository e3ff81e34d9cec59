package dev.serai.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.secret.Secret;
import dev.serai.secret.Secrets;
import dev.serai.testkit.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.mock.env.MockEnvironment;

class ApiKeysTest {

    private final TestClock clock = new TestClock();
    private final KeyDigest digest = new KeyDigest(new Secret("pepper-of-the-test"));
    private final Map<Digest, StoredKey> rows = new ConcurrentHashMap<>();
    private final AtomicInteger queries = new AtomicInteger();
    private volatile boolean away;
    private final ApiKeys keys = keys(new MockEnvironment());

    private ApiKeys keys(MockEnvironment environment) {
        ConfiguredTokens configured = ConfiguredTokens.of(new Secrets(environment), digest);
        KeyCache cache = new KeyCache(this::query, clock::nanos);
        cache.hear();
        return Lookups.of(configured, digest, cache, clock);
    }

    private Optional<StoredKey> query(Digest digest) {
        queries.incrementAndGet();
        if (away) {
            throw new DataAccessResourceFailureException("away");
        }
        return Optional.ofNullable(rows.get(digest));
    }

    private ApiKey store(String plain, boolean enabled, @Nullable Instant expiresAt, @Nullable Instant until) {
        ApiKey key = new ApiKey(
                UUID.nameUUIDFromBytes(plain.getBytes(StandardCharsets.UTF_8)),
                plain,
                null,
                List.of(),
                KeyLimits.NONE,
                expiresAt);
        rows.put(digest.of(plain), new StoredKey(key, enabled, until));
        return key;
    }

    @Test
    void junkWithABadChecksumNeverReachesTheDatabase() {
        ApiKeyFormat format = new ApiKeyFormat(RandomGenerator.of("L64X256MixRandom"));
        for (int i = 0; i < 10_000; i++) {
            String key = format.generate().reveal();
            char last = key.charAt(key.length() - 1);
            assertThat(keys.find(key.substring(0, key.length() - 1) + (last == '0' ? '1' : '0')))
                    .isEmpty();
        }
        assertThat(queries).hasValue(0);
    }

    @Test
    void unknownKeyIsAskedForOnceInThirtySeconds() {
        IntStream.range(0, 100)
                .forEach(i -> assertThat(keys.find("imported-key")).isEmpty());
        assertThat(queries).hasValue(1);
        store("imported-key", true, null, null);
        assertThat(keys.find("imported-key")).isEmpty();
        clock.pass(KeyCache.FRESH);
        assertThat(keys.find("imported-key")).isPresent();
    }

    @Test
    void changeIsSeenAfterThirtySecondsAndAtOnceWhenInvalidated() {
        ApiKey key = store("imported-key", true, null, null);
        assertThat(keys.find("imported-key")).contains(key);
        store("imported-key", false, null, null);
        assertThat(keys.find("imported-key")).contains(key);
        clock.pass(KeyCache.FRESH);
        assertThat(keys.find("imported-key")).isEmpty();

        ApiKey again = store("imported-key", true, null, null);
        keys.invalidate(again.id());
        assertThat(keys.find("imported-key")).contains(again);
        assertThat(queries).hasValue(3);
    }

    @Test
    void whileNothingIsHeardOfChangesNothingIsTrustedLongerThanASecond() {
        KeyCache cache = new KeyCache(this::query, clock::nanos);
        ApiKeys deaf =
                Lookups.of(ConfiguredTokens.of(new Secrets(new MockEnvironment()), digest), digest, cache, clock);
        store("revoked-key", true, null, null);
        assertThat(deaf.find("revoked-key")).isPresent();
        assertThat(deaf.find("coming-key")).isEmpty();
        store("revoked-key", false, null, null);
        store("coming-key", true, null, null);
        clock.pass(KeyCache.UNHEARD);
        assertThat(deaf.find("revoked-key")).isEmpty();
        assertThat(deaf.find("coming-key")).isPresent();
    }

    @Test
    void whatWasReadBeforeChangesAreHeardOfIsAskedForAgain() {
        KeyCache cache = new KeyCache(this::query, clock::nanos);
        ApiKeys keys =
                Lookups.of(ConfiguredTokens.of(new Secrets(new MockEnvironment()), digest), digest, cache, clock);
        ApiKey key = store("some-key", true, null, null);
        assertThat(keys.find("some-key")).contains(key);
        assertThat(keys.find("no-key")).isEmpty();
        cache.hear();
        assertThat(keys.find("some-key")).contains(key);
        assertThat(keys.find("no-key")).isEmpty();
        assertThat(queries).hasValue(4);
        away = true;
        cache.hear();
        assertThat(keys.find("some-key")).contains(key);
    }

    @Test
    void rememberedKeyServesForAnHourWithoutTheDatabase() {
        ApiKey key = store("imported-key", true, null, null);
        assertThat(keys.find("imported-key")).contains(key);
        away = true;
        clock.pass(Duration.ofMinutes(59));
        assertThat(keys.find("imported-key")).contains(key);
        clock.pass(Duration.ofMinutes(2));
        assertThatThrownBy(() -> keys.find("imported-key"))
                .asInstanceOf(type(Refusal.class))
                .satisfies(refusal -> {
                    assertThat(refusal.failure().kind()).isEqualTo(Kind.OVERLOADED);
                    assertThat(refusal.failure().retryAfter()).isEqualTo(Duration.ofSeconds(2));
                });
    }

    @Test
    void databaseThatDoesNotAnswerHoldsNobodyUpWhoseKeyIsRemembered() {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        KeyCache cache = new KeyCache(
                wanted -> {
                    if (asked.incrementAndGet() > 2) {
                        await(never);
                    }
                    return query(wanted);
                },
                clock::nanos);
        store("key-1", true, null, null);
        store("key-2", true, null, null);
        assertThat(cache.find(digest.of("key-1"))).isPresent();
        assertThat(cache.find(digest.of("key-2"))).isPresent();
        clock.pass(Duration.ofMinutes(1));
        for (int i = 0; i < 1000; i++) {
            assertThat(cache.find(digest.of("key-" + (1 + i % 2)))).isPresent();
        }
        assertThat(asked).hasValue(3);
        never.countDown();
    }

    @Test
    void databaseThatIsAwayIsAskedOnceASecond() {
        away = true;
        for (int i = 0; i < 50; i++) {
            int number = i;
            assertThatThrownBy(() -> keys.find("key-" + number)).isInstanceOf(Refusal.class);
        }
        assertThat(queries).hasValue(1);
        away = false;
        store("key-1", true, null, null);
        clock.pass(Duration.ofSeconds(1));
        assertThat(keys.find("key-1")).isPresent();
    }

    @Test
    void disabledExpiredAndRegeneratedKeysAreNone() {
        Instant soon = clock.instant().plusSeconds(10);
        store("disabled-key", false, null, null);
        store("expiring-key", true, soon, null);
        store("regenerated-key", true, null, soon);
        assertThat(keys.find("disabled-key")).isEmpty();
        assertThat(keys.find("expiring-key")).isPresent();
        assertThat(keys.find("regenerated-key")).isPresent();
        clock.pass(Duration.ofSeconds(10));
        assertThat(keys.find("expiring-key")).isEmpty();
        assertThat(keys.find("regenerated-key")).isEmpty();
        assertThat(keys.find("")).isEmpty();
    }

    @Test
    void manyCallersWithOneKeyCauseOneQuery() throws Exception {
        ApiKey key = store("imported-key", true, null, null);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        KeyCache cache = new KeyCache(
                wanted -> {
                    asked.countDown();
                    await(answer);
                    return query(wanted);
                },
                clock::nanos);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Optional<StoredKey>>> callers = IntStream.range(0, 200)
                    .mapToObj(i -> threads.submit(() -> cache.find(digest.of("imported-key"))))
                    .toList();
            await(asked);
            answer.countDown();
            for (Future<Optional<StoredKey>> caller : callers) {
                assertThat(caller.get().map(StoredKey::key)).contains(key);
            }
        }
        assertThat(queries).hasValue(1);
    }

    @Test
    void answerFromBeforeAChangeIsNotRemembered() {
        store("imported-key", true, null, null);
        AtomicInteger asked = new AtomicInteger();
        KeyCache[] cache = new KeyCache[1];
        cache[0] = new KeyCache(
                wanted -> {
                    if (asked.getAndIncrement() == 0) {
                        cache[0].invalidate(Set.of());
                    }
                    return query(wanted);
                },
                clock::nanos);
        cache[0].hear();
        cache[0].find(digest.of("imported-key"));
        cache[0].find(digest.of("imported-key"));
        assertThat(queries).hasValue(2);
    }

    @Test
    void configuredTokensNeedNoDatabaseAndKeepTheirIds() {
        away = true;
        ApiKeys one = keys(new MockEnvironment()
                .withProperty("PROXY_AUTH_TOKEN", "token-of-proxy")
                .withProperty("API_KEY", "key-one-11, key-two-22"));
        ApiKeys two = keys(new MockEnvironment().withProperty("PROXY_AUTH_TOKEN", "changed-token"));
        assertThat(one.find("token-of-proxy").map(ApiKey::name)).contains("proxy-auth-token");
        assertThat(one.find("key-one-11").map(ApiKey::name)).contains("api-key-1");
        assertThat(one.find("key-two-22").map(ApiKey::name)).contains("api-key-2");
        assertThat(one.find("token-of-proxy").map(ApiKey::id))
                .isEqualTo(two.find("changed-token").map(ApiKey::id));
        assertThat(one.find("key-one-11")).get().satisfies(key -> {
            assertThat(key.limits()).isEqualTo(KeyLimits.NONE);
            assertThat(key.mayUse("anything")).isTrue();
        });
        assertThat(queries).hasValue(0);
    }

    @Test
    void keyMayUseItsModelsOnly() {
        ApiKey some = new ApiKey(UUID.randomUUID(), "some", null, List.of("glm-4.7", "GLM-5"), KeyLimits.NONE, null);
        assertThat(some.mayUse("glm-5")).isTrue();
        assertThat(some.mayUse("glm-4.6")).isFalse();
        ApiKey forced = new ApiKey(UUID.randomUUID(), "forced", "glm-4.7", List.of(), KeyLimits.NONE, null);
        assertThat(forced.mayUse("glm-4.7")).isTrue();
        assertThat(forced.mayUse("glm-5")).isFalse();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
