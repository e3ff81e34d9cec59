package dev.serai.testkit;

import dev.serai.Serai;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The whole gateway in a JVM of its own, so that it can be killed, told to stop, or given a small heap. */
public final class ForkedGateway implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final Thread reader;

    /** How to start one; the same plan started again finds the same data folder and database. */
    public static final class Plan {

        private final Path data;
        private final Map<String, String> environment = new LinkedHashMap<>();
        private final List<String> options = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));

        private Plan(Path data) {
            this.data = data;
        }

        /** Sets an environment variable. */
        public Plan with(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /** Takes a variable out that every test gateway has. */
        public Plan without(String name) {
            environment.remove(name);
            return this;
        }

        /** Adds an option of the JVM. */
        public Plan option(String option) {
            options.add(option);
            return this;
        }

        /** Starts it and waits until it is ready. */
        public ForkedGateway start() {
            try {
                var gateway = new ForkedGateway(this);
                gateway.awaitReady();
                return gateway;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /**
     * A plan with the keys and secrets that every test gateway has.
     *
     * @param data an empty folder for it alone
     * @param databaseUrl a migrated or empty database
     */
    public static Plan plan(Path data, String databaseUrl, String routesConfig) {
        var plan = new Plan(data)
                .with("PORT", "0")
                .with("MANAGEMENT_PORT", "0")
                .with("DATA_DIR", data.toString())
                .with("DATABASE_URL", databaseUrl)
                .with("KEY_PEPPER", "pepper-of-the-tests-0123456789abcdef")
                .with("PROXY_AUTH_TOKEN", Gateway.KEY)
                .with("ROUTES_CONFIG", routesConfig)
                .with("LOGGING_LEVEL_ORG_SPRINGFRAMEWORK_BOOT_WEB", "INFO");
        for (int i = 1; i <= 3; i++) {
            plan.with("OPENAI_KEY_" + i, "upstream-secret-" + i);
        }
        return plan;
    }

    private ForkedGateway(Plan plan) throws IOException {
        var temporary = Files.createDirectories(plan.data.resolve("tmp"));
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(plan.options);
        command.add("-Djava.io.tmpdir=" + temporary);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Serai.class.getName()));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().retainAll(List.of("PATH", "HOME", "LANG"));
        builder.environment().putAll(plan.environment);
        process = builder.start();
        reader = Thread.ofPlatform().daemon().start(() -> read(process.inputReader(StandardCharsets.UTF_8)));
    }

    private void read(BufferedReader lines) {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                var found = PORT.matcher(line);
                if (found.find()) {
                    port.complete(Integer.parseInt(found.group(1)));
                }
            }
        } catch (IOException closed) {
            // the process is gone
        }
        port.completeExceptionally(new IllegalStateException("it never served:\n" + String.join("\n", output)));
    }

    private void awaitReady() {
        int served = port.orTimeout(120, TimeUnit.SECONDS).join();
        Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> ready(served));
    }

    private static boolean ready(int port) throws IOException {
        try (var client = new KeptConnection(port)) {
            return client.get("/health/ready").status() == 200;
        }
    }

    public int port() {
        return port.join();
    }

    /** What it has written so far, standard output and errors together, by lines. */
    public List<String> output() {
        return List.copyOf(output);
    }

    /** Asks it to stop, as an orchestrator does; unlike {@link Process#destroy()} it leaves its output open. */
    public void terminate() {
        process.toHandle().destroy();
    }

    /** Kills it, and returns when it is dead. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for its end, and for the last line of its output. @return the exit code */
    public int awaitEnd() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("it does not end:\n" + String.join("\n", output));
            }
            reader.join();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
