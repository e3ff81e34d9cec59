package dev.serai.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The table {@code admin_audit}: who changed what, from where. Written in the transaction of the change itself, so that
 * there is neither without the other. Holds no key, and of a key no more than its id and name.
 */
@Component
final class AuditTrail {

    private static final String FILTER = " where cast(:key as uuid) is null or key_id = :key ";

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final Clock clock;

    AuditTrail(JdbcClient jdbc, ObjectMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /** Some entries. */
    record Page(List<? extends Map<String, ?>> entries, long total) {}

    /**
     * Notes a change.
     *
     * @param key the key that it is about, if it is about one
     * @param changes becomes JSON
     */
    void note(AdminRequest request, String action, @Nullable UUID key, String name, Map<String, ?> changes) {
        jdbc.sql("""
                        insert into admin_audit (at, action, key_id, key_name, address, call_id, changes)
                        values (:at, :action, :key, :name, :address, :call, cast(:changes as jsonb))
                        """)
                .param("at", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .param("action", action)
                .param("key", key)
                .param("name", name)
                .param("address", request.call().client().remoteAddress())
                .param("call", request.call().id())
                .param("changes", write(changes))
                .update();
    }

    /** Entries, the newest first. @param key those of one key only */
    Page list(Span span, @Nullable UUID key) {
        var entries = jdbc.sql("select id, at, action, key_id, key_name, address, call_id, changes from admin_audit"
                        + FILTER + "order by id desc limit :limit offset :offset")
                .param("key", key)
                .param("limit", span.limit())
                .param("offset", span.offset())
                .query(this::entry)
                .list();
        long total = jdbc.sql("select count(*) from admin_audit" + FILTER)
                .param("key", key)
                .query(Long.class)
                .single();
        return new Page(entries, total);
    }

    private Map<String, @Nullable Object> entry(ResultSet row, int number) throws SQLException {
        var entry = new LinkedHashMap<String, @Nullable Object>();
        entry.put("id", row.getLong("id"));
        entry.put("at", row.getObject("at", OffsetDateTime.class).toInstant().toString());
        entry.put("action", row.getString("action"));
        entry.put("keyId", row.getString("key_id"));
        entry.put("keyName", row.getString("key_name"));
        entry.put("address", row.getString("address"));
        entry.put("callId", row.getString("call_id"));
        entry.put("changes", read(row.getString("changes")));
        return entry;
    }

    private String write(Map<String, ?> changes) {
        try {
            return json.writeValueAsString(changes);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("changes that are no JSON", e);
        }
    }

    private JsonNode read(String changes) {
        try {
            return json.readTree(changes);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("changes that are no JSON", e);
        }
    }
}
