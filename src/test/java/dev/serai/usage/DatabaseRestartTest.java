package dev.serai.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.serai.database.DataDirectory;
import dev.serai.database.EmbeddedDatabase;
import dev.serai.testkit.TestDatabase;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The database goes away and comes back while calls finish. */
class DatabaseRestartTest {

    @TempDir
    Path folder;

    @Test
    void noEventIsLostOrCountedTwice() throws Exception {
        TestDatabase.sharePrograms(folder);
        int port = freePort();
        AtomicInteger appended = new AtomicInteger();
        AtomicBoolean going = new AtomicBoolean(true);
        try (DataDirectory data = DataDirectory.open(folder);
                UsageJournal journal = new UsageJournal(data.folder("journal"), 64 << 20, 1 << 20);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            EmbeddedDatabase server = start(data, port);
            Flyway.configure()
                    .dataSource(TestDatabase.plain(server.url()))
                    .load()
                    .migrate();
            try (HikariDataSource pool = pool(server)) {
                UsageWriter writer = new UsageWriter(
                        journal, UsageWriterTest.repository(pool)::write, events -> {}, List.of(), Clock.systemUTC());
                threads.submit(() -> appendWhile(going, journal, appended));
                threads.submit(() -> flushWhile(going, writer));
                JdbcClient jdbc = JdbcClient.create(pool);

                await().until(() -> rows(jdbc) > 0);
                server.close();
                int before = appended.get();
                await().until(() -> appended.get() > before + 200);
                server = start(data, port);
                int after = appended.get();
                await().ignoreExceptions().until(() -> rows(jdbc) > after);
                going.set(false);
                await().ignoreExceptions().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                    writer.flush();
                    assertThat(rows(jdbc)).isEqualTo(appended.get());
                });
                assertThat(journal.lost()).isZero();
            } finally {
                going.set(false);
                server.close();
            }
        }
    }

    private static EmbeddedDatabase start(DataDirectory data, int port) {
        return EmbeddedDatabase.start(data, port, Map.of("fsync", "off"));
    }

    private static HikariDataSource pool(EmbeddedDatabase server) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(server.url().jdbc());
        pool.setUsername(server.url().user());
        pool.setPassword(
                server.url().password() == null ? "" : server.url().password().reveal());
        pool.setConnectionTimeout(500);
        pool.setMaximumPoolSize(3);
        return pool;
    }

    private static long rows(JdbcClient jdbc) {
        return jdbc.sql("select count(*) from usage_event").query(Long.class).single();
    }

    private static void appendWhile(AtomicBoolean going, UsageJournal journal, AtomicInteger appended) {
        while (going.get()) {
            journal.append(Events.event());
            appended.incrementAndGet();
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        }
    }

    private static void flushWhile(AtomicBoolean going, UsageWriter writer) {
        while (going.get()) {
            writer.flush();
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
