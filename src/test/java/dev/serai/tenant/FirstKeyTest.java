package dev.serai.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.secret.Secret;
import dev.serai.secret.Secrets;
import dev.serai.testkit.TestClock;
import dev.serai.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.transaction.support.TransactionTemplate;

/** The first key and the table of keys, in a real database. */
class FirstKeyTest {

    private static final String PEPPER = "pepper-of-the-test";

    private final TestDatabase database = TestDatabase.fresh();
    private final TestClock clock = new TestClock();
    private final KeyDigest digest = new KeyDigest(new Secret(PEPPER));

    @AfterEach
    void drop() {
        database.close();
    }

    /** What one gateway prints at its start. */
    private String start(MockEnvironment environment) {
        var source = database.dataSource();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new FirstKey(
                        new ApiKeyRepository(JdbcClient.create(source)),
                        ConfiguredTokens.of(new Secrets(environment), digest),
                        new ApiKeyFormat(new SecureRandom()),
                        digest,
                        new TransactionTemplate(new JdbcTransactionManager(source)),
                        clock,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        "3000")
                .run(new DefaultApplicationArguments());
        return out.toString(StandardCharsets.UTF_8);
    }

    private static List<String> keysIn(String text) {
        return Pattern.compile(ApiKeyFormat.PATTERN)
                .matcher(text)
                .results()
                .map(match -> match.group())
                .distinct()
                .toList();
    }

    @Test
    void ofGatewaysThatStartTogetherOnePrintsAKeyAndNoLaterOneDoes() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var starts = IntStream.range(0, 8)
                    .mapToObj(i -> threads.submit(() -> start(new MockEnvironment())))
                    .toList();
            StringBuilder all = new StringBuilder();
            for (var each : starts) {
                all.append(each.get());
            }
            assertThat(keysIn(all.toString())).hasSize(1);
            assertThat(all).contains("http://localhost:3000/v1/chat/completions");
            assertWorksAndIsNowhere(keysIn(all.toString()).getFirst());
        }
        assertThat(start(new MockEnvironment())).isEmpty();
    }

    private void assertWorksAndIsNowhere(String key) {
        ApiKeyRepository keys = new ApiKeyRepository(database.jdbc());
        assertThat(keys.find(digest.of(key)).map(StoredKey::key).map(ApiKey::name))
                .contains("first key");
        String dump = database.jdbc()
                .sql("select string_agg(api_key::text, chr(10)) from api_key")
                .query(String.class)
                .single();
        assertThat(dump)
                .doesNotContain(key)
                .doesNotContain(key.substring(8, 40))
                .doesNotContain(HexFormat.of().formatHex(key.getBytes(StandardCharsets.UTF_8)))
                .doesNotContain(PEPPER)
                .contains(digest.pepperId());
    }

    @Test
    void configuredTokenMeansNoFirstKey() {
        assertThat(start(new MockEnvironment().withProperty("API_KEY", "own-token-11")))
                .isEmpty();
        assertThat(start(new MockEnvironment().withProperty("PROXY_AUTH_TOKEN", "own-token-11")))
                .isEmpty();
    }

    @Test
    void everythingAPolicyNeedsComesBack() {
        JdbcClient jdbc = database.jdbc();
        Instant expiry = Instant.parse("2027-01-01T00:00:00Z");
        jdbc.sql("""
                        insert into api_key (id, digest, pepper_id, display_prefix, display_last_four, name,
                            allowed_models, token_limit_per_day, token_limit_per_5h, requests_per_minute,
                            tokens_per_minute, max_concurrent_streams, spend_limit_per_day, spend_currency, expires_at,
                            previous_digest, previous_valid_until)
                        values (gen_random_uuid(), :digest, 'p', 'pk_abcd', 'wxyz', 'all set', '{glm-4.7,glm-5}',
                            1, 2, 3, 4, 5, 6.5, 'USD', :expiry, :previous, :expiry)
                        """)
                .param("digest", digest.of("new-key").bytes())
                .param("previous", digest.of("old-key").bytes())
                .param("expiry", OffsetDateTime.parse("2027-01-01T00:00:00Z"))
                .update();
        ApiKeyRepository keys = new ApiKeyRepository(jdbc);
        StoredKey now = keys.find(digest.of("new-key")).orElseThrow();
        StoredKey before = keys.find(digest.of("old-key")).orElseThrow();

        assertThat(now.key().allowedModels()).containsExactly("glm-4.7", "glm-5");
        assertThat(now.key().expiresAt()).isEqualTo(expiry);
        assertThat(now.key().limits().toString())
                .isEqualTo("KeyLimits[tokensPerDay=1, tokensPer5Hours=2, requestsPerMinute=3, tokensPerMinute=4,"
                        + " maxConcurrentStreams=5, spendPerDay=6.5, spendCurrency=USD]");
        assertThat(now.digestValidUntil()).isNull();
        assertThat(before.key()).isEqualTo(now.key());
        assertThat(before.digestValidUntil()).isEqualTo(expiry);
        assertThat(keys.find(digest.of("no-key"))).isEqualTo(Optional.empty());
    }
}
