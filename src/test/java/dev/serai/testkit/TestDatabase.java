package dev.serai.testkit;

import dev.serai.database.DataDirectory;
import dev.serai.database.DatabaseUrl;
import dev.serai.database.EmbeddedDatabase;
import dev.serai.secret.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A migrated database of its own for a test class, in the one server that the test JVM shares. The server's folder is
 * kept below {@code target}, so that only the first run after a clean pays for making it.
 */
public final class TestDatabase implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String name;

    private TestDatabase(String name) {
        this.name = name;
    }

    /** A new database with the whole schema and no rows. */
    public static TestDatabase fresh() {
        String name = "test_" + NUMBER.incrementAndGet();
        Server.sql("create database " + name + " template serai_template owner serai");
        return new TestDatabase(name);
    }

    /** Its address; {@code url().reveal()} is a value for {@code DATABASE_URL}. */
    public DatabaseUrl url() {
        return Server.named(name);
    }

    /** Connections without a pool. */
    public DataSource dataSource() {
        return plain(url());
    }

    public JdbcClient jdbc() {
        return JdbcClient.create(dataSource());
    }

    /** Drops it, whoever is still connected. */
    @Override
    public void close() {
        Server.sql("drop database " + name + " with (force)");
    }

    /** Gives a data folder the unpacked server programs of the shared server, so that it need not unpack its own. */
    public static void sharePrograms(Path folder) throws IOException {
        Files.createSymbolicLink(
                folder.resolve("programs"), Server.FOLDER.root().resolve("programs"));
    }

    /** Connections to {@code url} without a pool. */
    public static DataSource plain(DatabaseUrl url) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url.jdbc());
        source.setUser(url.user());
        source.setPassword(url.password() == null ? null : url.password().reveal());
        return source;
    }

    /** The shared server; it starts with its first use and ends with the JVM. */
    private static final class Server {

        static final DataDirectory FOLDER = folder(1);
        static final EmbeddedDatabase SERVER = start();

        static EmbeddedDatabase start() {
            EmbeddedDatabase server = EmbeddedDatabase.start(
                    FOLDER, 0, Map.of("fsync", "off", "synchronous_commit", "off", "max_connections", "200"));
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            JdbcClient superuser = JdbcClient.create(plain(server.superuserUrl()));
            superuser
                    .sql("select datname from pg_database where datname like 'test\\_%' or datname = 'serai_template'")
                    .query(String.class)
                    .list()
                    .forEach(left -> superuser
                            .sql("drop database " + left + " with (force)")
                            .update());
            superuser.sql("create database serai_template owner serai").update();
            Flyway.configure()
                    .dataSource(plain(in(server, "serai_template")))
                    .load()
                    .migrate();
            return server;
        }

        /** Another test JVM may have the first folder. */
        private static DataDirectory folder(int number) {
            try {
                return DataDirectory.open(Path.of("target", "test-database-" + number));
            } catch (StartRefused e) {
                if (number == 8) {
                    throw e;
                }
                return folder(number + 1);
            }
        }

        static DatabaseUrl named(String name) {
            return in(SERVER, name);
        }

        private static DatabaseUrl in(EmbeddedDatabase server, String name) {
            DatabaseUrl url = server.url();
            return new DatabaseUrl(url.hosts(), name, url.user(), url.password(), url.parameters());
        }

        static void sql(String statement) {
            JdbcClient.create(plain(SERVER.superuserUrl())).sql(statement).update();
        }
    }
}
