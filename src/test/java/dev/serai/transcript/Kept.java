package dev.serai.transcript;

import dev.serai.testkit.TestClock;
import dev.serai.testkit.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;

/** Transcripts over a real database, with a clock and a counter to look at. */
final class Kept {

    static final UUID KEY = new UUID(0, 1);
    static final UUID OTHER_KEY = new UUID(0, 2);

    final TestClock clock = new TestClock();
    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    final Transcripts transcripts;

    Kept(JdbcClient jdbc, Duration timeToLive, DataSize maxSize) {
        var properties = new TranscriptProperties(timeToLive, maxSize);
        transcripts = new Transcripts(new TranscriptRepository(jdbc), properties, clock, metrics);
    }

    static Kept in(TestDatabase database) {
        return new Kept(database.jdbc(), Duration.ofDays(30), DataSize.ofKilobytes(4));
    }

    double lost() {
        return metrics.counter("serai.transcripts.lost").count();
    }

    boolean keep(UUID key, String id, String response, String items) {
        return transcripts.keep(key, id, bytes(response), bytes(items));
    }

    /** A response that says {@code text}. */
    static String response(String id, String text) {
        return "{\"id\":\"" + id + "\",\"object\":\"response\",\"status\":\"completed\",\"store\":false,"
                + "\"previous_response_id\":null,\"output\":[{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\","
                + "\"status\":\"completed\",\"content\":[{\"type\":\"output_text\",\"text\":\"" + text
                + "\",\"annotations\":[]}]}]}";
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
