package dev.serai.transcript;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code transcript}. */
@Component
final class TranscriptRepository {

    private final JdbcClient jdbc;

    TranscriptRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The response of this key, unless its time is over. */
    Optional<Transcript> find(UUID key, String responseId, Instant now) {
        return jdbc.sql("""
                        select response_id, response, input_items, created_at, expires_at
                          from transcript
                         where key_id = :key and response_id = :id and expires_at > :now
                        """)
                .param("key", key)
                .param("id", responseId)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, number) -> transcript(row))
                .optional();
    }

    /** Keeps a response; an earlier one of the same key and id gives way. */
    void keep(UUID key, Transcript transcript) {
        jdbc.sql("""
                        insert into transcript (key_id, response_id, response, input_items, created_at, expires_at)
                        values (:key, :id, :response, :inputItems, :createdAt, :expiresAt)
                        on conflict (key_id, response_id) do update
                           set response = excluded.response, input_items = excluded.input_items,
                               created_at = excluded.created_at, expires_at = excluded.expires_at
                        """)
                .param("key", key)
                .param("id", transcript.responseId())
                .param("response", transcript.response())
                .param("inputItems", transcript.inputItems())
                .param("createdAt", transcript.createdAt().atOffset(ZoneOffset.UTC))
                .param("expiresAt", transcript.expiresAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Whether there was one to delete. */
    boolean delete(UUID key, String responseId, Instant now) {
        return jdbc.sql("delete from transcript where key_id = :key and response_id = :id and expires_at > :now")
                        .param("key", key)
                        .param("id", responseId)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update()
                > 0;
    }

    /** Deletes what has expired, at most {@code most} of it; leaves alone what another replica is deleting. */
    int deleteExpired(Instant now, int most) {
        return jdbc.sql("""
                        delete from transcript
                         where (key_id, response_id) in (
                               select key_id, response_id
                                 from transcript
                                where expires_at <= :now
                                order by expires_at
                                limit :most
                                  for update skip locked)
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("most", most)
                .update();
    }

    private static Transcript transcript(ResultSet row) throws SQLException {
        return new Transcript(
                row.getString("response_id"),
                row.getBytes("response"),
                row.getBytes("input_items"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("expires_at", OffsetDateTime.class).toInstant());
    }
}
