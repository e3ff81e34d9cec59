package dev.serai.usage;

import dev.serai.message.Usage;
import dev.serai.tenant.ApiKeyRepository;
import dev.serai.tenant.KeyUse;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** The table {@code usage_event}. */
@Component
final class UsageEventRepository {

    private static final String INSERT = """
            insert into usage_event (id, at, key_id, key_name, protocol, model, provider, upstream_model, status,
                                     outcome, stream, input_tokens, cached_input_tokens, cache_write_tokens,
                                     output_tokens, reasoning_tokens, estimated, attempts, duration_ms,
                                     first_content_ms, upstream_ms)
            values (:id, :at, :keyId, :keyName, :protocol, :model, :provider, :upstreamModel, :status,
                    :outcome, :stream, :input, :cachedInput, :cacheWrite,
                    :output, :reasoning, :estimated, :attempts, :durationMs,
                    :firstContentMs, :upstreamMs)
            on conflict (id) do nothing
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
        MapSqlParameterSource[] rows =
                events.stream().map(UsageEventRepository::row).toArray(MapSqlParameterSource[]::new);
        int[] counts = jdbc.batchUpdate(INSERT, rows);
        List<UsageEvent> fresh = new ArrayList<>(events.size());
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == 1) {
                fresh.add(events.get(i));
            }
        }
        return List.copyOf(fresh);
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

    private static MapSqlParameterSource row(UsageEvent event) {
        Usage usage = event.usage();
        return new MapSqlParameterSource()
                .addValue("id", event.id())
                .addValue("at", event.at().atOffset(ZoneOffset.UTC))
                .addValue("keyId", event.keyId(), Types.OTHER)
                .addValue("keyName", event.keyName())
                .addValue("protocol", event.protocol())
                .addValue("model", event.model())
                .addValue("provider", event.provider(), Types.VARCHAR)
                .addValue("upstreamModel", event.upstreamModel(), Types.VARCHAR)
                .addValue("status", event.status())
                .addValue("outcome", event.outcome())
                .addValue("stream", event.stream())
                .addValue("input", usage.inputTokens())
                .addValue("cachedInput", usage.cachedInputTokens())
                .addValue("cacheWrite", usage.cacheWriteTokens())
                .addValue("output", usage.outputTokens())
                .addValue("reasoning", usage.reasoningTokens())
                .addValue("estimated", usage.estimated())
                .addValue("attempts", event.attempts())
                .addValue("durationMs", event.durationMs())
                .addValue("firstContentMs", event.firstContentMs() < 0 ? null : event.firstContentMs(), Types.BIGINT)
                .addValue("upstreamMs", event.upstreamMs());
    }
}
