package dev.serai.policy.admin;

import dev.serai.database.DataDirectory;
import dev.serai.database.Database;
import dev.serai.secret.Secret;
import dev.serai.secret.Secrets;
import dev.serai.secret.StartRefused;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Processor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;

/** Puts the door of the admin API together; a command that only imports has none. */
@Profile("!import")
@Configuration(proxyBeanMethods = false)
class AdminDoorConfiguration {

    private static final int SHORTEST = 8;

    @Bean
    FirstAdminKey firstAdminKey(Environment environment) {
        String port = environment.getProperty("local.server.port", environment.getProperty("PORT", "3000"));
        return new FirstAdminKey(System.out, port);
    }

    @Bean
    AdminKey adminKey(Secrets secrets, Database database, DataDirectory data, FirstAdminKey first) {
        Optional<Secret> configured = checked(secrets);
        return AdminKey.of(configured.isEmpty() && database.isEmbedded() ? first.keptIn(data) : configured);
    }

    /** The key that is configured. @throws StartRefused when it is a bad one */
    static Optional<Secret> checked(Secrets secrets) {
        Optional<Secret> configured = secrets.adminKey();
        configured.ifPresent(key -> check(key, secrets));
        return configured;
    }

    private static void check(Secret key, Secrets secrets) {
        if (key.reveal().strip().length() < SHORTEST) {
            throw new StartRefused("ADMIN_API_KEY is too short; `openssl rand -base64 32` makes a good one.");
        }
        for (String callers : List.of("PROXY_AUTH_TOKEN", "API_KEY")) {
            if (secrets.findAll(callers).contains(key)) {
                throw new StartRefused("ADMIN_API_KEY is also a key of callers in " + callers + "; use two.");
            }
        }
    }

    @Bean
    Processor adminDoor(AdminKey key, Clock clock) {
        return new AdminDoorPolicy(key, new WrongTries(clock));
    }
}
