package dev.serai.provider;

import dev.serai.call.Call;
import dev.serai.message.Usage;

/**
 * Tokens by bytes, for answers whose upstream says nothing: four bytes a token, the ratio of English text in the
 * tokenizers in use. Marked as an estimate wherever it is shown.
 */
final class UsageEstimate {

    private static final int BYTES_PER_TOKEN = 4;

    private UsageEstimate() {}

    static Usage of(Call call, long outputBytes) {
        return new Usage(tokens(call.requestBytes()), 0, 0, tokens(outputBytes), 0, true);
    }

    /** What an upstream told and the bytes that came afterwards. */
    static Usage after(Usage told, long outputBytes) {
        return outputBytes == 0 ? told : told.plus(new Usage(0, 0, 0, tokens(outputBytes), 0, true));
    }

    private static long tokens(long bytes) {
        return (bytes + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
    }
}
