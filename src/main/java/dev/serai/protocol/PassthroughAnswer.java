package dev.serai.protocol;

import dev.serai.message.Failure;
import dev.serai.message.Finish;
import dev.serai.message.Usage;
import org.jspecify.annotations.Nullable;

/**
 * A whole answer that passed through.
 *
 * @param body what the caller gets
 * @param outputTokens about how many came, 0 for none, where usage is missing
 * @param failure what the answer really was, where a 200 hides an error or nothing at all
 */
public record PassthroughAnswer(
        byte[] body,
        @Nullable Usage usage,
        @Nullable Finish finish,
        long outputTokens,
        @Nullable Failure failure) {}
