package dev.serai.call;

import dev.serai.message.Failure;
import dev.serai.message.Usage;
import org.jspecify.annotations.Nullable;

/**
 * How a call ended; made once.
 *
 * @param result in one word
 * @param status what the caller got, 499 when it had left
 * @param failure why it did not end well
 * @param usage what is charged; zero when nothing was
 */
public record Outcome(Result result, int status, @Nullable Failure failure, Usage usage) {

    public enum Result {
        /** The whole answer reached the caller. */
        OK("ok"),
        /** No answer, but an error before the first byte. */
        REFUSED("refused"),
        /** The answer broke after its first byte; the caller was told. */
        CUT("cut"),
        /** The caller left before the end. */
        CLIENT_CLOSED("client_closed");

        private final String word;

        Result(String word) {
            this.word = word;
        }

        /** As it stands in logs, metrics and usage events. */
        public String word() {
            return word;
        }
    }
}
