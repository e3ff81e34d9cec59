package dev.serai.usage;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.message.Usage;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.stereotype.Component;

/** The table {@code usage_event}. */
@Component
final class UsageEventRepository {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final String SETTLE = "select settle_usage(cast(:rows as json))";

    private final NamedParameterJdbcOperations jdbc;

    UsageEventRepository(NamedParameterJdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Writes events in one statement, with all that follows from them: windows of their keys, statistics, lifetime
     * tokens, closed reservations. Events that are there already change nothing.
     *
     * @return those that were not there yet
     */
    List<UsageEvent> write(List<UsageEvent> events) {
        var rows = JSON.arrayNode(events.size());
        events.forEach(event -> rows.add(row(event)));
        var fresh = new HashSet<>(jdbc.queryForList(SETTLE, Map.of("rows", rows.toString()), UUID.class));
        return events.stream().filter(event -> fresh.remove(event.id())).toList();
    }

    private static ObjectNode row(UsageEvent event) {
        Usage usage = event.usage();
        var row = JSON.objectNode()
                .put("id", event.id().toString())
                .put("at", event.at().toString())
                .put("key_id", event.keyId() == null ? null : event.keyId().toString())
                .put("key_name", event.keyName())
                .put("protocol", event.protocol())
                .put("model", event.model())
                .put("provider", event.provider())
                .put("upstream_model", event.upstreamModel())
                .put("status", event.status())
                .put("outcome", event.outcome())
                .put("stream", event.stream())
                .put("input_tokens", usage.inputTokens())
                .put("cached_input_tokens", usage.cachedInputTokens())
                .put("cache_write_tokens", usage.cacheWriteTokens())
                .put("output_tokens", usage.outputTokens())
                .put("reasoning_tokens", usage.reasoningTokens())
                .put("estimated", usage.estimated())
                .put("attempts", event.attempts())
                .put("duration_ms", event.durationMs())
                .put("upstream_ms", event.upstreamMs());
        if (event.cost() != null) {
            row.put("cost_nanos", event.cost().nanos())
                    .put("currency", event.cost().currency());
        }
        return event.firstContentMs() < 0 ? row : row.put("first_content_ms", event.firstContentMs());
    }
}
