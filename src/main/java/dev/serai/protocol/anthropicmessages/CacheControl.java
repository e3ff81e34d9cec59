package dev.serai.protocol.anthropicmessages;

import dev.serai.json.Fields;
import dev.serai.message.CacheHint;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The member {@code cache_control} of a block or a tool: five minutes unless it says an hour. */
final class CacheControl {

    static final Duration SHORT = Duration.ofMinutes(5);
    static final Duration LONG = Duration.ofHours(1);

    private CacheControl() {}

    static @Nullable CacheHint read(Fields block) {
        Fields control = block.object("cache_control");
        if (control == null) {
            return null;
        }
        if (!control.requiredText("type").equals("ephemeral")) {
            throw control.invalid("type", "ephemeral is expected");
        }
        String ttl = control.text("ttl");
        if (ttl == null || ttl.equals("5m")) {
            return new CacheHint(SHORT);
        }
        if (!ttl.equals("1h")) {
            throw control.invalid("ttl", "5m or 1h is expected");
        }
        return new CacheHint(LONG);
    }
}
