package dev.serai.usage;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.message.Usage;
import dev.serai.tenant.ApiKeyRepository;
import dev.serai.tenant.KeyUse;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** The table {@code usage_event}. */
@Component
final class UsageEventRepository {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** One statement for a whole batch: a row each would cost the database ten times as much. */
    private static final String INSERT = """
            insert into usage_event (id, at, key_id, key_name, protocol, model, provider, upstream_model, status,
                                     outcome, stream, input_tokens, cached_input_tokens, cache_write_tokens,
                                     output_tokens, reasoning_tokens, estimated, attempts, duration_ms,
                                     first_content_ms, upstream_ms)
            select id, at, key_id, key_name, protocol, model, provider, upstream_model, status,
                   outcome, stream, input_tokens, cached_input_tokens, cache_write_tokens,
                   output_tokens, reasoning_tokens, estimated, attempts, duration_ms,
                   first_content_ms, upstream_ms
              from json_populate_recordset(null::usage_event, cast(:rows as json))
            on conflict (id) do nothing
            returning id
            """;

    private final NamedParameterJdbcOperations jdbc;
    private final TransactionOperations transaction;
    private final ApiKeyRepository keys;

    UsageEventRepository(NamedParameterJdbcOperations jdbc, TransactionOperations transaction, ApiKeyRepository keys) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.keys = keys;
    }

    /**
     * Writes events, and adds them to their keys, in one transaction; events that are there already change nothing.
     *
     * @return those that were not there yet
     */
    List<UsageEvent> write(List<UsageEvent> events) {
        List<UsageEvent> written = transaction.execute(status -> {
            List<UsageEvent> fresh = insert(events);
            keys.addUse(uses(fresh));
            return fresh;
        });
        return written == null ? List.of() : written;
    }

    private List<UsageEvent> insert(List<UsageEvent> events) {
        var rows = JSON.arrayNode(events.size());
        events.forEach(event -> rows.add(row(event)));
        var fresh = new HashSet<>(jdbc.queryForList(INSERT, Map.of("rows", rows.toString()), UUID.class));
        return events.stream().filter(event -> fresh.remove(event.id())).toList();
    }

    private static Collection<KeyUse> uses(List<UsageEvent> events) {
        Map<UUID, KeyUse> uses = new HashMap<>();
        for (UsageEvent event : events) {
            UUID key = event.keyId();
            if (key != null) {
                uses.merge(key, new KeyUse(key, event.usage().totalTokens(), event.at()), KeyUse::plus);
            }
        }
        return uses.values();
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
        return event.firstContentMs() < 0 ? row : row.put("first_content_ms", event.firstContentMs());
    }
}
