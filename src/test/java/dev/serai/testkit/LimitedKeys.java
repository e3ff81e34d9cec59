package dev.serai.testkit;

import dev.serai.secret.Secret;
import dev.serai.tenant.KeyDigest;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keys with limits in the database of a gateway that runs, or will run, in a process of its own. */
public final class LimitedKeys {

    /** The pepper of every test gateway. */
    private static final KeyDigest DIGEST = new KeyDigest(new Secret("pepper-of-the-tests-0123456789abcdef"));

    private LimitedKeys() {}

    /** A new key with a limit of tokens in 24 hours. @return the key as its callers present it */
    public static String perDay(JdbcClient jdbc, long tokens) {
        UUID id = UUID.randomUUID();
        String plain = "limited-" + id;
        jdbc.sql("""
                        insert into api_key (id, digest, pepper_id, display_prefix, display_last_four, name,
                                             token_limit_per_day)
                        values (:id, :digest, :pepper, 'limited', 'wxyz', 'limited', :tokens)
                        """)
                .param("id", id)
                .param("digest", DIGEST.of(plain).bytes())
                .param("pepper", DIGEST.pepperId())
                .param("tokens", tokens)
                .update();
        return plain;
    }
}
