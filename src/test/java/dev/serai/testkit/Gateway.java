package dev.serai.testkit;

import dev.serai.Serai;
import dev.serai.routing.config.RoutesConfigStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole gateway in the test's own process, on a free port, with a database of its own. */
public final class Gateway implements AutoCloseable {

    /** A key that every test gateway knows. */
    public static final String KEY = "test-token-0123456789abcdef";

    /** The key of every test gateway's admin API. */
    public static final String ADMIN_KEY = "admin-of-the-tests-0123456789abcdef";

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static @Nullable Gateway shared;

    private final TestDatabase database;
    private final Path routes;
    private final ConfigurableApplicationContext context;
    private final int port;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Gateway(TestDatabase database, Path routes, ConfigurableApplicationContext context) {
        this.routes = routes;
        this.database = database;
        this.context = context;
        this.port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    /** The gateway that all tests of this JVM share; each gives it its own configuration. */
    public static synchronized Gateway shared() {
        if (shared == null) {
            shared = start(Map.of());
        }
        return shared;
    }

    /**
     * A gateway of its own, with properties besides those of the shared one.
     *
     * @param more configuration classes that exist only in the test
     */
    public static Gateway start(Map<String, Object> properties, Class<?>... more) {
        var data = temporary();
        var routes = data.resolve("routes-config.json");
        var database = TestDatabase.fresh();
        var all = new LinkedHashMap<String, Object>();
        all.put("PORT", "0");
        all.put("MANAGEMENT_PORT", "0");
        all.put("DATA_DIR", data.toString());
        all.put("DATABASE_URL", database.url().reveal());
        all.put("KEY_PEPPER", "pepper-of-the-tests-0123456789abcdef");
        all.put("DRAIN_TIMEOUT", "5s");
        all.put("PROXY_AUTH_TOKEN", KEY);
        all.put("ADMIN_API_KEY", ADMIN_KEY);
        all.put("ROUTES_CONFIG_FILE", routes.toString());
        for (int i = 1; i <= 3; i++) {
            all.put("OPENAI_KEY_" + i, "upstream-secret-" + i);
        }
        all.putAll(properties);
        write(routes, "{\"demo\":{\"providers\":[{\"provider\":\"simulator\",\"model\":\"demo\"}]}}");
        var context = new SpringApplicationBuilder(Serai.class)
                .sources(more)
                .properties(all)
                .registerShutdownHook(false)
                .run();
        return new Gateway(database, routes, context);
    }

    /** Puts a ROUTES_CONFIG in force. */
    public Gateway configure(String routesConfig) {
        write(routes, routesConfig);
        bean(RoutesConfigStore.class).reload();
        return this;
    }

    /** Writes the file and leaves it to the gateway to notice. */
    public void writeConfig(String routesConfig) {
        write(routes, routesConfig);
    }

    private static void write(Path file, String text) {
        try {
            var fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(fresh, text);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("serai-test");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public int port() {
        return port;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public TestDatabase database() {
        return database;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET().build());
    }

    public HttpResponse<String> post(String path, String body, String... headers) {
        return send(request(path, headers)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /** A Chat Completions call with the test's key. */
    public HttpResponse<String> chat(String body) {
        return post("/v1/chat/completions", body, "authorization", "Bearer " + KEY);
    }

    public HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(url() + path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    public static HttpResponse<String> send(HttpRequest request) {
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Stops it and drops its database; the first call does, whoever calls. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            context.close();
            database.close();
        }
    }
}
