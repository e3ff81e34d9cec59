package dev.serai.policy.admin;

import dev.serai.database.DataDirectory;
import dev.serai.secret.Secret;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;

/**
 * Makes an admin key for a gateway that has its database to itself and was given none. It is kept in the data directory and
 * printed once, at the start that made it, to standard output and not to the log.
 */
final class FirstAdminKey implements ApplicationRunner {

    private static final String NAME = "ADMIN_API_KEY";
    private static final int BYTES = 32;

    private final PrintStream out;
    private final String port;
    private @Nullable String made;

    FirstAdminKey(PrintStream out, String port) {
        this.out = out;
        this.port = port;
    }

    /** The key of this data directory. */
    Optional<Secret> keptIn(DataDirectory data) {
        return Optional.of(data.secrets().keep(NAME, this::make));
    }

    private String make() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        String key = "admin_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        made = key;
        return key;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        String key = made;
        made = null;
        if (key != null) {
            out.print("""

                    ----------------------------------------------------------------------
                    The key of the admin API. It is shown here once; it is kept in the
                    file ADMIN_API_KEY below secrets/ in the data directory.

                        %1$s

                        curl http://localhost:%2$s/admin/api-keys \\
                          -H "Authorization: Bearer %1$s"
                    ----------------------------------------------------------------------

                    """.formatted(key, port));
            out.flush();
        }
    }
}
