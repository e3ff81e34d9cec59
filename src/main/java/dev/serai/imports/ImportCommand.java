package dev.serai.imports;

import dev.serai.account.Accounts;
import dev.serai.secret.StartRefused;
import dev.serai.tenant.KeyRegister;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.transaction.support.TransactionOperations;

/**
 * {@code java -jar serai.jar import <kind> <source>}: takes over an old gateway's keys and accounts. It opens no port and
 * serves nothing; it prints counts, and never a key.
 */
public final class ImportCommand {

    /** The first word of the command. */
    public static final String NAME = "import";

    private static final Map<String, OldStore> KINDS = Map.of(
            "glm-proxy-file", new GlmProxyFile(),
            "glm-proxy-database", new GlmProxyDatabase(),
            "hellogml", new HelloGmlDump());

    private static final String USAGE = """
            Usage: java -jar serai.jar import <kind> <source>
              glm-proxy-file      apikeys.json
              glm-proxy-database  postgresql://user:password@host/database, or @file with this address in it
              hellogml            dump.json, of the Workers KV
            """;

    private final PrintStream out;
    private final PrintStream err;
    private final Map<String, Object> properties;

    public ImportCommand(PrintStream out, PrintStream err) {
        this(out, err, Map.of());
    }

    ImportCommand(PrintStream out, PrintStream err, Map<String, Object> properties) {
        this.out = out;
        this.err = err;
        this.properties = properties;
    }

    /** The parts of the gateway that an import needs: the database, secrets, keys, accounts. */
    @ComponentScan(basePackages = {"dev.serai.database", "dev.serai.secret", "dev.serai.tenant", "dev.serai.account"})
    @ImportAutoConfiguration({
        FlywayAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class,
        TransactionAutoConfiguration.class
    })
    static class Parts {}

    /** The process's exit code: 0 when it was done, 1 when it was refused, 2 when it was not understood. */
    public int run(String... words) {
        Optional<OldStore> store = words.length == 3 ? Optional.ofNullable(KINDS.get(words[1])) : Optional.empty();
        if (store.isEmpty()) {
            err.print(USAGE);
            return 2;
        }
        try {
            OldStore.Content content = store.get().read(words[2]);
            out.print(take(content));
            out.flush();
            return 0;
        } catch (BadEntry e) {
            err.println("Nothing was taken over. " + e.getMessage());
            return 1;
        } catch (RuntimeException e) {
            if (e instanceof StartRefused || e.getCause() instanceof StartRefused) {
                return 1;
            }
            throw e;
        }
    }

    private Import.Counts take(OldStore.Content content) {
        try (var context = new SpringApplicationBuilder(Parts.class)
                .web(WebApplicationType.NONE)
                .profiles(NAME)
                .properties(properties)
                .run("--logging.level.root=WARN")) {
            return new Import(
                            context.getBean(KeyRegister.class),
                            context.getBean(Accounts.class),
                            context.getBean(TransactionOperations.class))
                    .take(content);
        }
    }
}
