package dev.serai.inbound;

import dev.serai.call.Answer;
import dev.serai.call.Call;
import dev.serai.message.Failure;
import dev.serai.protocol.ErrorAnswer;
import dev.serai.protocol.Protocol;
import dev.serai.protocol.Protocols;
import dev.serai.stream.ByteSink;
import java.util.List;

/** Failures in the words of the caller's protocol, or of the part of the gateway that a path belongs to. */
public final class FailureAnswers {

    private final Protocols protocols;
    private final List<PathErrors> others;

    public FailureAnswers(Protocols protocols, List<PathErrors> others) {
        this.protocols = protocols;
        this.others = List.copyOf(others);
    }

    /** The error before the first byte; the call is marked failed. */
    public Answer answer(Call call, Failure failure) {
        call.fail(failure);
        var error = error(call, failure);
        error.headers().forEach(call::header);
        return new Answer.Whole(error.status(), "application/json", error.body());
    }

    private ErrorAnswer error(Call call, Failure failure) {
        if (call.protocol() == null) {
            String path = call.client().path();
            for (var other : others) {
                if (other.covers(path)) {
                    return other.error(failure, path);
                }
            }
        }
        return protocol(call).error(failure, call.id());
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
