package dev.serai.database;

import dev.serai.secret.Secret;
import dev.serai.secret.StartRefused;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * A PostgreSQL server of the gateway's own, for a machine where none is given: real binaries, on loopback only, with
 * its data kept in the data directory from one run to the next. It takes a free port at each start.
 *
 * <p>The gateway works as the plain role {@code serai}; both roles have random passwords, so that no other user of the
 * machine gets in. The server is a process of its own and outlives a killed gateway; the next start ends it.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NAME = "serai";

    private final DataDirectory data;
    private final Path folder;
    private final EmbeddedPostgres server;

    private EmbeddedDatabase(DataDirectory data, int port, Map<String, String> settings) throws IOException {
        this.data = data;
        this.folder = data.folder("postgres");
        StalePostmaster.stop(folder);
        setAsideUnfinished();
        this.server = launch(port, settings);
        try {
            prepare();
        } catch (SQLException | IOException | RuntimeException e) {
            server.close();
            throw new StartRefused("The embedded PostgreSQL of " + folder + " does not let the gateway in.", e);
        }
    }

    /**
     * Starts the server and waits for it.
     *
     * @throws StartRefused when it does not start
     */
    public static EmbeddedDatabase start(DataDirectory data) {
        return start(data, 0, Map.of());
    }

    /** Starts the server on {@code port} (0: a free one) with {@code settings} over its own. */
    public static EmbeddedDatabase start(DataDirectory data, int port, Map<String, String> settings) {
        try {
            Map<String, String> all = new HashMap<>(EmbeddedSettings.SERVER);
            all.putAll(settings);
            return new EmbeddedDatabase(data, port, all);
        } catch (IOException | IllegalStateException e) {
            throw new StartRefused(
                    "The embedded PostgreSQL of " + data.folder("postgres") + " did not start (its log is in the folder"
                            + " log there; root needs unshare); or give a server by DATABASE_URL.",
                    e);
        }
    }

    /** The address of the gateway's database in this server. */
    public DatabaseUrl url() {
        return new DatabaseUrl("127.0.0.1:" + server.getPort(), NAME, NAME, password("DATABASE_PASSWORD"), Map.of());
    }

    /** The same server and database as its superuser. */
    public DatabaseUrl superuserUrl() {
        return new DatabaseUrl(
                "127.0.0.1:" + server.getPort(), "postgres", "postgres", password("POSTGRES_PASSWORD"), Map.of());
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private EmbeddedPostgres launch(int port, Map<String, String> settings) throws IOException {
        Path programs = data.folder("programs");
        System.setProperty("ot.epg.working-dir", programs.toString());
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(programs.toFile())
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(PATIENCE)
                .setPort(port)
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("auth-local", "reject")
                .setLocaleConfig("auth-host", "scram-sha-256")
                .setConnectConfig("password", password("POSTGRES_PASSWORD").reveal())
                .setLocaleConfig(
                        "pwfile", data.secrets().file("POSTGRES_PASSWORD").toString());
        settings.forEach(builder::setServerConfig);
        return builder.start();
    }

    private Secret password(String name) {
        return data.secrets().keep(name, () -> {
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        });
    }

    private Path readyMark() {
        return folder.resolve("serai-ready");
    }

    /** A first start that was cut short leaves a folder that no server can use and that holds nothing yet. */
    private void setAsideUnfinished() throws IOException {
        Path unfinished = data.folder("postgres.unfinished");
        if (Files.exists(folder) && !Files.exists(readyMark())) {
            log.warn("{} was never completed; set aside as {}", folder, unfinished);
            FileSystemUtils.deleteRecursively(unfinished);
            Files.move(folder, unfinished);
        }
    }

    private void prepare() throws SQLException, IOException {
        if (Files.exists(readyMark())) {
            return;
        }
        try (var connection = server.getPostgresDatabase().getConnection();
                var secret = connection.prepareStatement("select set_config('serai.password', ?, false)");
                var statement = connection.createStatement()) {
            secret.setString(1, password("DATABASE_PASSWORD").reveal());
            secret.execute();
            statement.execute("""
                    do $$ begin
                      execute format('create role serai login password %L', current_setting('serai.password'));
                    end $$
                    """);
            statement.execute("create database serai owner serai");
        }
        Files.createFile(readyMark());
    }
}
