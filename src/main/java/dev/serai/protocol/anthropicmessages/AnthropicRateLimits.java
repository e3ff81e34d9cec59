package dev.serai.protocol.anthropicmessages;

import dev.serai.protocol.RateLimits;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The headers {@code anthropic-ratelimit-…}; times are written as RFC 3339. */
final class AnthropicRateLimits {

    private AnthropicRateLimits() {}

    static Map<String, String> headers(RateLimits limits, Instant now) {
        var headers = new LinkedHashMap<String, String>();
        add(headers, "requests", limits.requests(), now);
        add(headers, "tokens", limits.tokens(), now);
        return headers;
    }

    private static void add(Map<String, String> headers, String what, RateLimits.@Nullable Share share, Instant now) {
        if (share != null) {
            String name = "anthropic-ratelimit-" + what;
            headers.put(name + "-limit", Long.toString(share.limit()));
            headers.put(name + "-remaining", Long.toString(share.remaining()));
            headers.put(
                    name + "-reset",
                    now.plus(share.reset()).truncatedTo(ChronoUnit.SECONDS).toString());
        }
    }
}
