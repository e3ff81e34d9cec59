package dev.serai.account;

import dev.serai.database.DataDirectory;
import dev.serai.database.Database;
import dev.serai.secret.Sealer;
import dev.serai.secret.Secret;
import dev.serai.secret.Secrets;
import dev.serai.secret.StartRefused;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Finds the keyset under which secrets of accounts are sealed, when the first account needs it. */
@Configuration(proxyBeanMethods = false)
class AccountConfiguration {

    private static final String KEYSET = "SEAL_KEYSET";

    @Bean
    Sealer sealer(Secrets secrets, Database database, DataDirectory data) {
        return new Sealer(() -> secrets.find(KEYSET).orElseGet(() -> generated(database, data)));
    }

    private static Secret generated(Database database, DataDirectory data) {
        if (!database.isEmbedded()) {
            throw new StartRefused(
                    "With DATABASE_URL, accounts need SEAL_KEYSET (or SEAL_KEYSET_FILE), the same in every"
                            + " replica; `java -jar serai.jar new-seal-keyset` makes one.");
        }
        return data.secrets().keep(KEYSET, Sealer::newKeyset);
    }
}
