package dev.serai.provider;

import dev.serai.call.Call;
import dev.serai.message.Usage;

/**
 * Tokens by bytes, for answers whose upstream says nothing: four bytes a token for a request, which is charged in full,
 * and four and a half for an answer, the ratio of English prose in {@code o200k_base}. Marked as an estimate wherever it
 * is shown.
 */
final class UsageEstimate {

    private static final int BYTES_PER_INPUT_TOKEN = 4;
    private static final int BYTES_PER_TWO_OUTPUT_TOKENS = 9;

    private UsageEstimate() {}

    static Usage of(Call call, long outputBytes) {
        return new Usage(input(call.requestBytes()), 0, 0, output(outputBytes), 0, true);
    }

    /** What an upstream told and the bytes that came afterwards. */
    static Usage after(Usage told, long outputBytes) {
        return outputBytes == 0 ? told : told.plus(new Usage(0, 0, 0, output(outputBytes), 0, true));
    }

    private static long input(long bytes) {
        return Math.ceilDiv(bytes, BYTES_PER_INPUT_TOKEN);
    }

    private static long output(long bytes) {
        return Math.ceilDiv(2 * bytes, BYTES_PER_TWO_OUTPUT_TOKENS);
    }
}
