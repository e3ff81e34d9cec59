package dev.serai.usage;

import dev.serai.message.Cost;
import dev.serai.message.Usage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events to test with. */
final class Events {

    static final Instant AT = Instant.parse("2026-11-21T12:00:00.123456Z");

    private Events() {}

    static UsageEvent event() {
        return event(null, 30, 12);
    }

    static UsageEvent event(@Nullable UUID key, long input, long output) {
        return new UsageEvent(
                UUID.randomUUID(),
                AT,
                key,
                "a key",
                "openai-chat",
                "glm-4.7",
                "zhipu",
                "glm-4.7-air",
                200,
                "finished",
                true,
                new Usage(input, 5, 1, output, 7, false),
                2,
                1_234,
                345,
                1_200,
                new Cost(1_234_567, "USD"));
    }

    /** All that is in the journal of a folder, oldest first. */
    static List<UsageEvent> in(UsageJournal journal) throws Exception {
        var events = new java.util.ArrayList<UsageEvent>();
        for (Path segment : journal.seal()) {
            events.addAll(JournalSegment.read(segment));
        }
        return events;
    }
}
