package dev.serai.tenant;

import dev.serai.secret.Secrets;
import java.time.Clock;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.env.MockEnvironment;

/** Lookups of keys, put together for tests. */
final class Lookups {

    private Lookups() {}

    /** One without a database of its own. */
    static ApiKeys of(ConfiguredTokens configured, KeyDigest digest, KeyCache cache, Clock clock) {
        var none = new ApiKeyRepository(JdbcClient.create(new JdbcTemplate()));
        return new ApiKeys(
                configured, new KeyDigests(digest, null), cache, new PepperChange(none, digest.pepperId()), clock);
    }

    /** One without configured tokens. */
    static ApiKeys of(KeyDigests digests, ApiKeyRepository repository, KeyCache cache, Clock clock) {
        var configured = ConfiguredTokens.of(new Secrets(new MockEnvironment()), digests.current());
        var change = new PepperChange(repository, digests.current().pepperId());
        return new ApiKeys(configured, digests, cache, change, clock);
    }
}
