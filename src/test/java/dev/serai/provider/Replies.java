package dev.serai.provider;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Upstream answers for tests. */
public final class Replies {

    /** Noon in London, eight in the evening in Beijing. */
    public static final Instant NOW = Instant.parse("2026-08-03T12:00:00Z");

    private Replies() {}

    public static UpstreamReply json(int status, String body, String... headers) {
        var all = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        all.put("content-type", "application/json");
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return reply(status, body, all);
    }

    public static UpstreamReply html(int status, String body) {
        return reply(status, body, Map.of("content-type", "text/html; charset=utf-8"));
    }

    public static UpstreamReply reply(int status, String body, Map<String, String> headers) {
        return new UpstreamReply(status, headers::get, body.getBytes(StandardCharsets.UTF_8), NOW);
    }
}
