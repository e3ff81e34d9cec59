package dev.serai.provider;

import dev.serai.call.Answer;
import dev.serai.call.Attempt;
import dev.serai.call.Call;
import dev.serai.message.ChatResponse;
import dev.serai.message.Failure;
import dev.serai.message.Refusal;
import dev.serai.message.Usage;
import dev.serai.protocol.Protocol;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Upstream answers that came as a whole, on either lane, for callers that want them whole or streamed. */
public final class WholeAnswers {

    /**
     * @param body the upstream's JSON
     * @param classified what the body is when it is an error in a 200
     * @throws Refusal when it is no answer
     */
    Answer answer(Call call, Attempt attempt, byte[] body, Supplier<Failure> classified) {
        if (call.streaming()) {
            return new Answer.Streamed(call.streamType(), replayed(call, attempt, body));
        }
        return told(
                call,
                attempt,
                attempt.passthrough() ? pass(call, attempt, body, classified) : translate(call, attempt, body));
    }

    /**
     * An answer that came as a stream, for a caller who wants it whole.
     *
     * @throws Refusal when it is empty
     */
    Answer answer(Call call, Attempt attempt, ChatResponse response) {
        return told(call, attempt, translate(call, attempt, response));
    }

    private static Answer told(Call call, Attempt attempt, byte[] answer) {
        call.content();
        attempt.settle(null);
        if (call.usage().estimated()) {
            call.header("x-gateway-usage", "estimated");
        }
        return new Answer.Whole(200, "application/json", answer);
    }

    private static byte[] pass(Call call, Attempt attempt, byte[] body, Supplier<Failure> classified) {
        var passed = attempt.surface().passthroughAnswer(body, call.reply(), attempt.target());
        if (passed.failure() != null) {
            throw new Refusal(isErrorObject(passed.failure()) ? classified.get() : passed.failure());
        }
        EmptyAnswers.refuse(call, passed.finish(), passed.usage(), passed.outputTokens() > 0);
        call.use(usage(call, passed.usage(), passed.outputTokens()));
        return passed.body();
    }

    private static boolean isErrorObject(@Nullable Failure failure) {
        return failure != null && failure.type() == dev.serai.message.FailureClass.UPSTREAM;
    }

    private static byte[] translate(Call call, Attempt attempt, byte[] body) {
        return translate(call, attempt, attempt.surface().decode(body, attempt.target()));
    }

    private static byte[] translate(Call call, Attempt attempt, ChatResponse decoded) {
        var response = attempt.disguise().revealed(decoded);
        use(call, response);
        return protocol(call).encode(response, call.fullReply());
    }

    private static void use(Call call, ChatResponse response) {
        long tokens = OutputTokens.of(response);
        EmptyAnswers.refuse(
                call,
                response.finish(),
                response.usage(),
                tokens > 0 || !response.parts().isEmpty());
        call.use(usage(call, response.usage(), tokens));
    }

    private static ReplayedLane replayed(Call call, Attempt attempt, byte[] body) {
        var response = attempt.disguise().revealed(attempt.surface().decode(body, attempt.target()));
        use(call, response);
        return new ReplayedLane(call, attempt, response, protocol(call).streamEncoder(call.fullReply()));
    }

    private static Protocol protocol(Call call) {
        var protocol = call.protocol();
        if (protocol == null) {
            throw new IllegalStateException("a call without a protocol");
        }
        return protocol;
    }

    private static Usage usage(Call call, @Nullable Usage told, long outputTokens) {
        return told != null ? told : new UsageEstimate(call).of(outputTokens);
    }
}
