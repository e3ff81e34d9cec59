package dev.serai.tenant;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.serai.database.DataDirectory;
import dev.serai.database.Database;
import dev.serai.secret.Secret;
import dev.serai.secret.Secrets;
import dev.serai.secret.StartRefused;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.transaction.support.TransactionOperations;

/** Puts the lookup of keys together. */
@Configuration(proxyBeanMethods = false)
class TenantConfiguration {

    private static final String PEPPER = "KEY_PEPPER";
    private static final String PREVIOUS_PEPPER = "KEY_PEPPER_PREVIOUS";
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(2);
    /** What serves calls; a command that only imports does not. */
    private static final String GATEWAY = "!import";

    private static final int PEPPER_BYTES = 32;
    private static final int SHORTEST_PEPPER = 16;

    @Bean
    ApiKeyFormat apiKeyFormat() {
        return new ApiKeyFormat(new SecureRandom());
    }

    @Bean
    KeyDigest keyDigest(Secrets secrets, Database database, DataDirectory data) {
        return new KeyDigest(longEnough(PEPPER, secrets.find(PEPPER).orElseGet(() -> generated(database, data))));
    }

    @Bean
    KeyDigests keyDigests(KeyDigest current, Secrets secrets) {
        return secrets.find(PREVIOUS_PEPPER)
                .map(pepper -> new KeyDigests(current, new KeyDigest(longEnough(PREVIOUS_PEPPER, pepper))))
                .orElseGet(() -> new KeyDigests(current, null));
    }

    private static Secret longEnough(String name, Secret pepper) {
        if (pepper.reveal().length() < SHORTEST_PEPPER) {
            throw new StartRefused(name + " is too short; `openssl rand -base64 32` makes a good one.");
        }
        return pepper;
    }

    private static Secret generated(Database database, DataDirectory data) {
        if (!database.isEmbedded()) {
            throw new StartRefused("With DATABASE_URL, KEY_PEPPER (or KEY_PEPPER_FILE) must be set to the same secret"
                    + " in every replica; `openssl rand -base64 32` makes one.");
        }
        return data.secrets().keep(PEPPER, () -> {
            byte[] random = new byte[PEPPER_BYTES];
            new SecureRandom().nextBytes(random);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        });
    }

    @Bean
    ConfiguredTokens configuredTokens(Secrets secrets, KeyDigest digest) {
        return ConfiguredTokens.of(secrets, digest);
    }

    @Bean
    KeyCache keyCache(ApiKeyRepository repository) {
        return new KeyCache(repository::find, Ticker.systemTicker());
    }

    @Bean
    ApiKeys apiKeys(
            ConfiguredTokens configured, KeyDigests digests, KeyCache cache, ApiKeyRepository keys, Clock clock) {
        PepperChange change = new PepperChange(keys, digests.current().pepperId());
        return new ApiKeys(configured, digests, cache, change, clock);
    }

    @Bean
    @Profile(GATEWAY)
    KeyChanges keyChanges(Database database, KeyCache cache) {
        return new KeyChanges(() -> database.url().connect("serai-key-changes", CONNECT_PATIENCE), cache);
    }

    @Bean
    @Profile(GATEWAY)
    FirstKey firstKey(
            ApiKeyRepository keys,
            ConfiguredTokens configured,
            ApiKeyFormat format,
            KeyDigest digest,
            TransactionOperations transaction,
            Clock clock,
            Environment environment) {
        String port = environment.getProperty("local.server.port", environment.getProperty("PORT", "3000"));
        return new FirstKey(keys, configured, format, digest, transaction, clock, System.out, port);
    }
}
