package dev.serai.inbound;

import dev.serai.call.Answer;
import dev.serai.call.Call;
import dev.serai.message.Failure;
import dev.serai.protocol.Protocol;
import dev.serai.protocol.Protocols;
import dev.serai.stream.ByteSink;

/** Failures in the words of the caller's protocol. */
public final class FailureAnswers {

    private final Protocols protocols;

    public FailureAnswers(Protocols protocols) {
        this.protocols = protocols;
    }

    /** The error before the first byte; the call is marked failed. */
    public Answer answer(Call call, Failure failure) {
        call.fail(failure);
        var error = protocol(call).error(failure, call.id());
        error.headers().forEach(call::header);
        return new Answer.Whole(error.status(), "application/json", error.body());
    }

    /** The error after the first byte. */
    public void event(Call call, Failure failure, ByteSink out) {
        protocol(call).errorEvent(failure, call.reply(), out);
    }

    private Protocol protocol(Call call) {
        var spoken = call.protocol();
        return spoken != null ? spoken : protocols.spokenBy(call.client());
    }
}
