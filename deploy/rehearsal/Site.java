import dev.serai.database.DataDirectory;
import dev.serai.database.EmbeddedDatabase;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What docker-compose.yml with the profile "replicas" would run: a database, replicas and the balancer before them. */
final class Site {

    private final Path work;
    private final Path app;
    private final Upstream upstream;
    private final EmbeddedDatabase database;
    private final Map<String, String> secrets = Map.of("KEY_PEPPER", random(), "ADMIN_API_KEY", random());

    Site(Path work, Upstream upstream) {
        this.work = work;
        this.app = work.resolve("app");
        this.upstream = upstream;
        // the folder belongs to this program for as long as it runs
        @SuppressWarnings("resource")
        DataDirectory folder = DataDirectory.open(work.resolve("database"));
        this.database = EmbeddedDatabase.start(folder);
    }

    static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Started as the image starts it; its data folder is found again by the name. */
    Child replica(String name, int port) throws IOException {
        var environment = new LinkedHashMap<>(secrets);
        environment.put("PORT", Integer.toString(port));
        environment.put("MANAGEMENT_PORT", "0");
        environment.put("DATA_DIR", own(name + "-data").toString());
        environment.put("DATABASE_URL", database.url().reveal());
        environment.put("DRAIN_TIMEOUT", "30s");
        environment.put("OPENAI_KEY_1", random());
        environment.put("ROUTES_CONFIG", """
                {"demo": {"providers": [{"provider": "simulator", "model": "demo"}]},
                 "paced": {"providers": [{"provider": "openai", "model": "paced", "apiKeys": ["OPENAI_KEY_1"],
                                          "baseUrl": "http://127.0.0.1:%d/v1"}]}}
                """.formatted(upstream.port()));
        return Child.start(
                app,
                work.resolve(name + ".log"),
                environment,
                List.of(
                        java(),
                        "@java-options",
                        "-Xmx384m",
                        "-Djava.io.tmpdir=" + own(name + "-tmp"),
                        "-jar",
                        "serai.jar"));
    }

    Caller administrator(int port) {
        return new Caller(port, secrets.get("ADMIN_API_KEY"));
    }

    /** The health check of the image. @return its exit code */
    int healthCheck(int port) throws InterruptedException {
        return Child.start(
                        work,
                        work.resolve("health.log"),
                        Map.of("PORT", Integer.toString(port)),
                        List.of(
                                java(),
                                "-Xmx16m",
                                "-XX:+UseSerialGC",
                                "-cp",
                                work.resolve("tools").toString(),
                                "Ready"))
                .awaitEnd(java.time.Duration.ofSeconds(20));
    }

    /** nginx with the file of the deployment, ports and folders replaced. */
    Child balancer(String nginx, int port, int first, int second) throws IOException, InterruptedException {
        Path folder = own("nginx");
        Path config = Files.writeString(
                folder.resolve("nginx.conf"),
                Files.readString(Path.of("deploy/nginx.conf"))
                        .replace("gateway:3000", "127.0.0.1:" + first)
                        .replace("replica:3000", "127.0.0.1:" + second)
                        .replace("listen 8080", "listen 127.0.0.1:" + port)
                        .replace(" /run/nginx/", " " + folder + "/"));
        var command = List.of(nginx, "-e", "stderr", "-c", config.toString());
        var tried = Child.start(folder, work.resolve("nginx.log"), Map.of(), with(command, "-t"));
        if (tried.awaitEnd(java.time.Duration.ofSeconds(20)) != 0) {
            throw new IllegalStateException("nginx does not take deploy/nginx.conf:\n" + tried.log());
        }
        return Child.start(folder, work.resolve("nginx.log"), Map.of(), with(command, "-g", "daemon off;"));
    }

    private static List<String> with(List<String> command, String... more) {
        var all = new java.util.ArrayList<>(command);
        all.addAll(List.of(more));
        return all;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** A folder that belongs to the user of the image. */
    private Path own(String name) throws IOException {
        Path folder = Files.createDirectories(work.resolve(name));
        if (Child.isRoot()) {
            Files.setAttribute(folder, "unix:uid", Integer.valueOf(Child.USER));
        }
        return folder;
    }

    /** The number that a query of the database gives. */
    long number(String query) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        database.url().jdbc(),
                        database.url().user(),
                        database.url().password().reveal());
                var result = connection.createStatement().executeQuery(query)) {
            result.next();
            return result.getLong(1);
        }
    }

    void endDatabase() {
        database.close();
    }
}
