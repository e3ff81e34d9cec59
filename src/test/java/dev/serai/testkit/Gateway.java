package dev.serai.testkit;

import dev.serai.Serai;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole gateway in the test's own process, on a free port, with a database of its own. */
public final class Gateway implements AutoCloseable {

    /** A key that every test gateway knows. */
    public static final String KEY = "test-token-0123456789abcdef";

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final TestDatabase database;
    private final ConfigurableApplicationContext context;
    private final int port;

    private Gateway(TestDatabase database, ConfigurableApplicationContext context) {
        this.database = database;
        this.context = context;
        this.port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    /** @param routesConfig ROUTES_CONFIG, as text */
    public static Gateway start(String routesConfig, String... properties) {
        var all = new LinkedHashMap<String, Object>();
        all.put("ROUTES_CONFIG", routesConfig);
        all.put("PROXY_AUTH_TOKEN", KEY);
        all.put("OPENAI_KEY_1", "upstream-secret-1");
        all.put("OPENAI_KEY_2", "upstream-secret-2");
        all.put("OPENAI_KEY_3", "upstream-secret-3");
        for (String property : properties) {
            int equals = property.indexOf('=');
            all.put(property.substring(0, equals), property.substring(equals + 1));
        }
        return start(all);
    }

    public static Gateway start(Map<String, Object> properties) {
        var all = new LinkedHashMap<String, Object>();
        all.put("PORT", "0");
        all.put("MANAGEMENT_PORT", "0");
        all.put("DATA_DIR", temporary().toString());
        var database = TestDatabase.fresh();
        all.put("DATABASE_URL", database.url().reveal());
        all.put("KEY_PEPPER", "pepper-of-the-tests-0123456789abcdef");
        all.put("DRAIN_TIMEOUT", "5s");
        all.putAll(properties);
        return new Gateway(database, new SpringApplicationBuilder(Serai.class)
                .properties(all)
                .registerShutdownHook(false)
                .run());
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
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
        database.close();
    }
}
