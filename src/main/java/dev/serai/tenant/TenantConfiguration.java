package dev.serai.tenant;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.serai.database.DataDirectory;
import dev.serai.database.Database;
import dev.serai.secret.Secret;
import dev.serai.secret.Secrets;
import dev.serai.secret.StartRefused;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.transaction.support.TransactionOperations;

/** Puts the lookup of keys together. */
@Configuration(proxyBeanMethods = false)
class TenantConfiguration {

    private static final String PEPPER = "KEY_PEPPER";
    private static final int PEPPER_BYTES = 32;
    private static final int SHORTEST_PEPPER = 16;

    @Bean
    ApiKeyFormat apiKeyFormat() {
        return new ApiKeyFormat(new SecureRandom());
    }

    @Bean
    KeyDigest keyDigest(Secrets secrets, Database database, DataDirectory data) {
        Secret pepper = secrets.find(PEPPER).orElseGet(() -> generated(database, data));
        if (pepper.reveal().length() < SHORTEST_PEPPER) {
            throw new StartRefused("KEY_PEPPER is too short; `openssl rand -base64 32` makes a good one.");
        }
        return new KeyDigest(pepper);
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
    KeyDigests keyDigests(KeyDigest current) {
        return new KeyDigests(current, null);
    }

    @Bean
    ConfiguredTokens configuredTokens(Secrets secrets, KeyDigest digest) {
        return ConfiguredTokens.of(secrets, digest);
    }

    @Bean
    ApiKeys apiKeys(ConfiguredTokens configured, KeyDigest digests, ApiKeyRepository repository, Clock clock) {
        return new ApiKeys(configured, digests, new KeyCache(repository::find, Ticker.systemTicker()), clock);
    }

    @Bean
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
