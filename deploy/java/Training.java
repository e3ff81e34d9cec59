import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * One run of the gateway that leaves an AOT cache, {@code serai.aot}, in the working directory: it starts with its
 * embedded database and the simulator, answers a few calls in each protocol, is asked to stop, and writes what it has
 * loaded while it ends. Needs nothing but the application in the working directory.
 */
final class Training {

    private static final Path CACHE = Path.of("serai.aot");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int ROUNDS = 20;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String key = UUID.randomUUID().toString();
    private final String admin = UUID.randomUUID().toString();
    private final int port;

    private Training(int port) {
        this.port = port;
    }

    /** @param arguments the {@code java} to run */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path work = Files.createTempDirectory("serai-training");
        try {
            Files.deleteIfExists(CACHE);
            new Training(freePort()).run(arguments[0], work);
        } finally {
            delete(work);
        }
        if (!Files.exists(CACHE)) {
            throw new IllegalStateException("The run left no AOT cache.");
        }
        System.out.println("AOT cache: " + Files.size(CACHE) / 1024 / 1024 + " MiB");
    }

    private void run(String java, Path work) throws IOException, InterruptedException {
        Process gateway = start(java, work);
        try {
            awaitReady(gateway, work.resolve("log"));
            for (int round = 0; round < ROUNDS; round++) {
                calls();
            }
            gateway.toHandle().destroy();
            if (!gateway.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("The gateway does not end.");
            }
        } finally {
            gateway.destroyForcibly().waitFor();
        }
    }

    private Process start(String java, Path work) throws IOException {
        var builder = new ProcessBuilder(
                        java,
                        "-Xmx512m",
                        "-XX:AOTCacheOutput=" + CACHE,
                        "-Djava.io.tmpdir=" + work,
                        "-jar",
                        "serai.jar")
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("log").toFile());
        var environment = builder.environment();
        environment.keySet().retainAll(List.of("PATH", "HOME", "LANG", "LC_ALL", "JAVA_HOME"));
        environment.put("PORT", Integer.toString(port));
        environment.put("MANAGEMENT_PORT", "0");
        environment.put("DATA_DIR", work.resolve("data").toString());
        environment.put("PROXY_AUTH_TOKEN", key);
        environment.put("ADMIN_API_KEY", admin);
        environment.put(
                "ROUTES_CONFIG", "{\"demo\":{\"providers\":[{\"provider\":\"simulator\",\"model\":\"demo\"}]}}");
        return builder.start();
    }

    private void awaitReady(Process gateway, Path log) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!ready()) {
            if (!gateway.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("The gateway does not get ready:\n" + Files.readString(log));
            }
            Thread.sleep(200);
        }
    }

    private boolean ready() throws InterruptedException {
        try {
            return client.send(request("/health/ready").build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private void calls() throws IOException, InterruptedException {
        String chat =
                "{\"model\":\"demo\",\"max_tokens\":50,\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
        String gemini = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]}";
        for (boolean stream : new boolean[] {false, true}) {
            post("/v1/chat/completions", chat.formatted(stream));
            post("/v1/messages", chat.formatted(stream));
            post("/v1/responses", "{\"model\":\"demo\",\"stream\":%s,\"input\":\"hi\"}".formatted(stream));
        }
        post("/v1beta/models/demo:generateContent", gemini);
        post("/v1beta/models/demo:streamGenerateContent?alt=sse", gemini);
        answered(request("/v1/models").build());
        answered(request("/admin/api-keys").build());
    }

    private void post(String path, String body) throws IOException, InterruptedException {
        answered(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private void answered(HttpRequest request) throws IOException, InterruptedException {
        var answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(
                    request.uri().getPath() + " answers " + answer.statusCode() + ": " + answer.body());
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + (path.startsWith("/admin/") ? admin : key));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
