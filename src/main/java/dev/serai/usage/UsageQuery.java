package dev.serai.usage;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which usage is asked for.
 *
 * @param from the first minute
 * @param to the minute after the last
 * @param keyId only this key's
 * @param model only what was asked of this public name
 * @param provider only what this kind answered
 */
record UsageQuery(
        Instant from,
        Instant to,
        By by,
        @Nullable UUID keyId,
        @Nullable String model,
        @Nullable String provider) {

    /** What usage is added up by. */
    enum By {
        KEY("key_id::text", false),
        MODEL("model", false),
        PROVIDER("provider", false),
        MINUTE("to_char(minute at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI\"Z\"')", true),
        HOUR("to_char(minute at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24\":00Z\"')", true),
        DAY("to_char(minute at time zone 'UTC', 'YYYY-MM-DD')", true);

        private final String expression;
        private final boolean time;

        By(String expression, boolean time) {
            this.expression = expression;
            this.time = time;
        }

        /** The SQL over {@code usage_minute}. */
        String expression() {
            return expression;
        }

        /** Whether groups are spans of time, in UTC. */
        boolean isTime() {
            return time;
        }
    }
}
