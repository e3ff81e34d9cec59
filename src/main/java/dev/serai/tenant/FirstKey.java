package dev.serai.tenant;

import dev.serai.secret.Secret;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Optional;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Makes the first key where there is none and no token is configured, and prints it once, to standard output and not to
 * the log. Of several processes that start at once, one does it.
 */
final class FirstKey implements ApplicationRunner {

    private final ApiKeyRepository keys;
    private final ConfiguredTokens configured;
    private final ApiKeyFormat format;
    private final KeyDigest digest;
    private final TransactionOperations transaction;
    private final Clock clock;
    private final PrintStream out;
    private final String port;

    FirstKey(
            ApiKeyRepository keys,
            ConfiguredTokens configured,
            ApiKeyFormat format,
            KeyDigest digest,
            TransactionOperations transaction,
            Clock clock,
            PrintStream out,
            String port) {
        this.keys = keys;
        this.configured = configured;
        this.format = format;
        this.digest = digest;
        this.transaction = transaction;
        this.clock = clock;
        this.out = out;
        this.port = port;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (configured.isEmpty()) {
            make().ifPresent(this::print);
        }
    }

    private Optional<Secret> make() {
        Secret key = format.generate();
        NewApiKey fresh = NewApiKey.of(key, digest, KeySettings.unlimited("first key"), clock.instant());
        Boolean made = transaction.execute(status -> {
            boolean empty = keys.isEmptyForSure();
            if (empty) {
                keys.insert(fresh);
            }
            return empty;
        });
        return Boolean.TRUE.equals(made) ? Optional.of(key) : Optional.empty();
    }

    private void print(Secret key) {
        out.print("""

                ----------------------------------------------------------------------
                The first API key. It is shown here once and kept nowhere:

                    %1$s

                    curl http://localhost:%2$s/v1/chat/completions \\
                      -H "Authorization: Bearer %1$s" \\
                      -H "Content-Type: application/json" \\
                      -d '{"model":"demo","messages":[{"role":"user","content":"Hello"}]}'
                ----------------------------------------------------------------------

                """.formatted(key.reveal(), port));
        out.flush();
    }
}
