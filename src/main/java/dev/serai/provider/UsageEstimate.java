package dev.serai.provider;

import dev.serai.call.Call;
import dev.serai.message.Usage;

/**
 * What a call used where its upstream does not say, or had not said by the time its answer broke. Marked as an estimate
 * wherever it is shown.
 */
final class UsageEstimate {

    private final Call call;
    private long input = -1;

    UsageEstimate(Call call) {
        this.call = call;
    }

    /** Counts the request, which is not at hand any more when it has been released. */
    void countInput() {
        if (input < 0) {
            input = PromptTokens.of(call.envelope().body());
        }
    }

    Usage of(long outputTokens) {
        countInput();
        return new Usage(input, 0, 0, outputTokens, 0, true);
    }

    /** What an upstream told of an answer that is not whole, and the output that came afterwards. */
    Usage after(Usage told, long outputTokens) {
        if (told.inputTokens() == 0) {
            return told.plus(of(outputTokens));
        }
        return outputTokens == 0 ? told : told.plus(new Usage(0, 0, 0, outputTokens, 0, true));
    }
}
