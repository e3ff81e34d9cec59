package dev.serai.testkit;

import dev.serai.call.CallWatch;
import dev.serai.database.DataDirectory;
import dev.serai.usage.UsageWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a gateway has charged since this was made: its usage events in the database. */
public final class Charged {

    private static final String EVENTS = """
            select id, key_name, protocol, model, provider, upstream_model, status, outcome, stream, input_tokens,
                   cached_input_tokens, output_tokens, reasoning_tokens, estimated, attempts, duration_ms,
                   first_content_ms, upstream_ms
            from usage_event order by at
            """;

    private final Gateway gateway;
    private final Set<UUID> before = new HashSet<>();

    /** A row of the table. */
    public record Event(
            UUID id,
            String keyName,
            String protocol,
            String model,
            @Nullable String provider,
            @Nullable String upstreamModel,
            int status,
            String outcome,
            boolean stream,
            long inputTokens,
            long cachedInputTokens,
            long outputTokens,
            long reasoningTokens,
            boolean estimated,
            int attempts,
            long durationMs,
            @Nullable Long firstContentMs,
            long upstreamMs) {}

    private Charged(Gateway gateway) {
        this.gateway = gateway;
    }

    public static Charged since(Gateway gateway) {
        var charged = new Charged(gateway);
        charged.events().forEach(event -> charged.before.add(event.id()));
        return charged;
    }

    /** All events of the calls made so far: waits until no call runs and the journal is empty. */
    public List<Event> events() {
        var watch = gateway.bean(CallWatch.class);
        var journal = gateway.bean(DataDirectory.class).folder("journal");
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            gateway.bean(UsageWriter.class).flush();
            return watch.running() == 0 && isEmpty(journal);
        });
        return gateway.database().jdbc().sql(EVENTS).query(Event.class).list().stream()
                .filter(event -> !before.contains(event.id()))
                .toList();
    }

    /** Whether nothing waits in a journal to be written to the database. */
    public static boolean isEmpty(Path journal) throws IOException {
        try (var files = Files.list(journal)) {
            return files.findAny().isEmpty();
        }
    }

    /** How many events a database holds. */
    public static long count(JdbcClient jdbc) {
        return jdbc.sql("select count(*) from usage_event").query(Long.class).single();
    }
}
