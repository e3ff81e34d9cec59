package dev.serai.protocol;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The headers {@code x-ratelimit-…} of the OpenAI protocols; times are written like {@code 6m0s}. */
public final class OpenAiRateLimits {

    private OpenAiRateLimits() {}

    public static Map<String, String> headers(RateLimits limits) {
        var headers = new LinkedHashMap<String, String>();
        add(headers, "requests", limits.requests());
        add(headers, "tokens", limits.tokens());
        return headers;
    }

    private static void add(Map<String, String> headers, String what, RateLimits.@Nullable Share share) {
        if (share != null) {
            headers.put("x-ratelimit-limit-" + what, Long.toString(share.limit()));
            headers.put("x-ratelimit-remaining-" + what, Long.toString(share.remaining()));
            headers.put("x-ratelimit-reset-" + what, text(share.reset()));
        }
    }

    private static String text(Duration time) {
        long hours = time.toHours();
        String minutes = hours > 0 || time.toMinutes() > 0 ? time.toMinutesPart() + "m" : "";
        return (hours > 0 ? hours + "h" : "") + minutes + time.toSecondsPart() + "s";
    }
}
