package dev.serai.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.secret.Secret;
import dev.serai.secret.StartRefused;
import dev.serai.testkit.Forked;
import dev.serai.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class EmbeddedDatabaseTest {

    @TempDir
    Path folder;

    @Test
    void dataOutlivesTheGatewayAndAKilledGatewayToo() throws Exception {
        TestDatabase.sharePrograms(folder);
        Process gateway = Forked.java(Gateway.class, folder.toString());
        try {
            assertThat(Forked.line(gateway)).isEqualTo("up");
            assertThatThrownBy(() -> DataDirectory.open(folder))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("Another gateway is using DATA_DIR " + folder);
        } finally {
            gateway.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
        assertThat(folder.resolve("postgres/postmaster.pid")).exists();

        try (DataDirectory data = DataDirectory.open(folder);
                EmbeddedDatabase database = EmbeddedDatabase.start(data)) {
            JdbcClient jdbc = JdbcClient.create(TestDatabase.plain(database.url()));
            assertThat(jdbc.sql("select word from kept").query(String.class).single())
                    .isEqualTo("kept");
            assertSafe(jdbc, database);
        }
        assertThat(folder.resolve("postgres/postmaster.pid")).doesNotExist();
        assertForeignProcessOfTheSameNumberIsLeftAlone();
    }

    private static void assertSafe(JdbcClient jdbc, EmbeddedDatabase database) {
        assertThat(jdbc.sql("select name || '=' || setting from pg_settings where name = any(:names)")
                        .param("names", new String[] {"fsync", "synchronous_commit", "listen_addresses"})
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder("fsync=on", "synchronous_commit=on", "listen_addresses=127.0.0.1");
        assertThat(jdbc.sql("show is_superuser").query(String.class).single()).isEqualTo("off");
        DatabaseUrl url = database.url();
        for (String user : new String[] {"serai", "postgres"}) {
            var guess = new DatabaseUrl(url.hosts(), "postgres", user, new Secret("guess"), Map.of());
            assertThatThrownBy(() -> TestDatabase.plain(guess).getConnection())
                    .hasMessageContaining("password authentication failed");
        }
    }

    private void assertForeignProcessOfTheSameNumberIsLeftAlone() throws IOException {
        Path pidFile = folder.resolve("postgres/postmaster.pid");
        Files.writeString(pidFile, ProcessHandle.current().pid() + "\n");
        StalePostmaster.stop(folder.resolve("postgres"));
        assertThat(pidFile).doesNotExist();
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.resolve("secrets/POSTGRES_PASSWORD"))))
                .isEqualTo("rw-------");
    }

    /** A gateway that first finds the rest of a first start that was cut short, and then waits to be killed. */
    static final class Gateway {

        public static void main(String[] args) throws IOException {
            Path folder = Path.of(args[0]);
            Files.createDirectories(folder.resolve("postgres"));
            Files.writeString(folder.resolve("postgres/postgresql.conf"), "");
            EmbeddedDatabase database = EmbeddedDatabase.start(DataDirectory.open(folder));
            JdbcClient jdbc = JdbcClient.create(TestDatabase.plain(database.url()));
            jdbc.sql("create table kept as select 'kept' as word").update();
            Forked.say("up");
            Forked.waitToBeKilled();
        }
    }
}
