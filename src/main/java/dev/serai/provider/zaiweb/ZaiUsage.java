package dev.serai.provider.zaiweb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.message.Usage;
import org.jspecify.annotations.Nullable;

/** The member {@code usage}. */
final class ZaiUsage {

    private ZaiUsage() {}

    /** What it tells, or null when that is nothing. */
    static @Nullable Usage read(JsonNode usage) {
        if (!usage.path("prompt_tokens").isNumber()
                && !usage.path("completion_tokens").isNumber()) {
            return null;
        }
        long input = count(usage.path("prompt_tokens"));
        long output = count(usage.path("completion_tokens"));
        long cached = count(usage.path("prompt_tokens_details").path("cached_tokens"));
        long thought = count(usage.path("completion_tokens_details").path("reasoning_tokens"));
        return new Usage(input, Math.min(cached, input), 0, output, Math.min(thought, output), false);
    }

    private static long count(JsonNode tokens) {
        return Math.max(0, tokens.asLong(0));
    }
}
