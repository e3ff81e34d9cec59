package dev.serai.provider;

import dev.serai.call.Call;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Finish;
import dev.serai.message.Finish.Reason;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.message.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Answers that end well and hold nothing, as some upstreams give when they are ill. An answer cut by its length, by a
 * filter or by a stop sequence may be empty; so may one whose upstream counts output tokens.
 */
final class EmptyAnswers {

    private static final Failure EMPTY =
            Failure.of(Kind.UPSTREAM_ERROR, FailureClass.EMPTY, "The upstream provider gave an empty answer.");

    private EmptyAnswers() {}

    /** What the upstream counted is charged all the same. */
    static void refuse(Call call, @Nullable Finish finish, @Nullable Usage usage, boolean content) {
        boolean ended = finish == null || finish.reason() == Reason.STOP || finish.reason() == Reason.OTHER;
        if (!content && ended && (usage == null || usage.outputTokens() == 0)) {
            if (usage != null) {
                call.use(usage);
            }
            throw new Refusal(EMPTY);
        }
    }
}
