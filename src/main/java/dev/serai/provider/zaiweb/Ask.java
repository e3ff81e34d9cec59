package dev.serai.provider.zaiweb;

import dev.serai.secret.Secret;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request beside the answer of a call.
 *
 * @param headers made by the gateway
 * @param token shown as a bearer token, or null
 * @param body empty for none
 * @param within how long the whole exchange may take
 */
@SuppressWarnings("ArrayRecordComponent")
record Ask(
        String method,
        String url,
        Map<String, String> headers,
        @Nullable Secret token,
        byte[] body,
        Duration within) {

    private static final Duration SOON = Duration.ofSeconds(8);
    private static final byte[] NOTHING = {};

    static Ask get(String url, Map<String, String> headers, @Nullable Secret token) {
        return new Ask("GET", url, headers, token, NOTHING, SOON);
    }

    static Ask post(String url, Map<String, String> headers, @Nullable Secret token, byte[] body) {
        return new Ask("POST", url, headers, token, body, SOON);
    }

    static Ask delete(String url, Map<String, String> headers, Secret token) {
        return new Ask("DELETE", url, headers, token, NOTHING, SOON);
    }

    Ask within(Duration time) {
        return new Ask(method, url, headers, token, body, time);
    }
}
