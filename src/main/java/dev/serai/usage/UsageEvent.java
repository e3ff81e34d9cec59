package dev.serai.usage;

import dev.serai.message.Cost;
import dev.serai.message.Usage;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One finished call, without any of its content.
 *
 * @param id counted once, however often it is written
 * @param at when the call came
 * @param keyId null when nobody could be identified
 * @param protocol the caller's protocol, such as {@code openai-chat}
 * @param model the public name the caller asked for
 * @param provider the one that answered, or the last one tried
 * @param upstreamModel the model's name there
 * @param status the HTTP status the caller got
 * @param outcome how it ended, one word
 * @param stream whether the answer was streamed
 * @param attempts upstream attempts
 * @param durationMs from the request's head to the end of the answer
 * @param firstContentMs from the request's head to the first content, -1 when there was none
 * @param upstreamMs time spent waiting for upstreams
 * @param cost by the model's prices, null where it has none
 */
public record UsageEvent(
        UUID id,
        Instant at,
        @Nullable UUID keyId,
        String keyName,
        String protocol,
        String model,
        @Nullable String provider,
        @Nullable String upstreamModel,
        int status,
        String outcome,
        boolean stream,
        Usage usage,
        int attempts,
        long durationMs,
        long firstContentMs,
        long upstreamMs,
        @Nullable Cost cost) {}
