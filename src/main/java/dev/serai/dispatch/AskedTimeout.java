package dev.serai.dispatch;

import dev.serai.call.Client;
import dev.serai.message.Refusal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** {@code x-gateway-timeout-ms}: a caller may shorten its call's time, never lengthen it. */
final class AskedTimeout {

    private static final String HEADER = "x-gateway-timeout-ms";

    private AskedTimeout() {}

    static @Nullable Duration of(Client client) {
        String value = client.header(HEADER);
        if (value == null) {
            return null;
        }
        try {
            long millis = Long.parseLong(value.trim());
            if (millis > 0) {
                return Duration.ofMillis(millis);
            }
        } catch (NumberFormatException notANumber) {
            // refused below
        }
        throw Refusal.invalid(HEADER, "'" + HEADER + "' must be a whole number of milliseconds above 0.");
    }
}
