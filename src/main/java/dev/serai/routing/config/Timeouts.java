package dev.serai.routing.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait for an upstream. A null member is taken from the level above (provider, model, gateway, default).
 *
 * @param connect until the connection stands
 * @param firstByte until the first content event of a stream, or the status line of a whole answer
 * @param idle between two bytes of an answer
 * @param total for the whole call, all attempts
 */
public record Timeouts(
        @Nullable Duration connect,
        @Nullable Duration firstByte,
        @Nullable Duration idle,
        @Nullable Duration total) {

    public static final Timeouts NONE = new Timeouts(null, null, null, null);

    /** These, with {@code above} where they are silent. */
    public Timeouts or(Timeouts above) {
        return new Timeouts(
                connect != null ? connect : above.connect,
                firstByte != null ? firstByte : above.firstByte,
                idle != null ? idle : above.idle,
                total != null ? total : above.total);
    }
}
