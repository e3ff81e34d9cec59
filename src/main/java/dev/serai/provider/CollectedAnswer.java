package dev.serai.provider;

import dev.serai.call.Attempt;
import dev.serai.call.Call;
import dev.serai.message.ChatResponse;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.message.ResponseAssembly;
import dev.serai.protocol.StreamDecoder;
import dev.serai.stream.SseReader;
import dev.serai.upstream.UpstreamResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

/** An upstream's event stream read to its end for a caller who wants the answer whole. */
final class CollectedAnswer {

    private static final int MAX_EVENT = 16 * 1024 * 1024;
    private static final Failure BROKEN =
            Failure.of(Kind.UPSTREAM_ERROR, FailureClass.STREAM_BROKEN, "The upstream provider's answer broke off.");

    private final Call call;
    private final Attempt attempt;
    private final UpstreamResponse response;
    private final ResponseAssembly assembly = new ResponseAssembly();

    CollectedAnswer(Call call, Attempt attempt, UpstreamResponse response) {
        this.call = call;
        this.attempt = attempt;
        this.response = response;
    }

    /** The answer. @throws Refusal when it broke, or tells a failure: nothing of it has been shown then */
    ChatResponse read(StreamDecoder decoder) {
        var reader = new SseReader(response.body(), MAX_EVENT);
        try (response) {
            boolean more = true;
            while (more && !decoder.complete()) {
                more = reader.read((name, bytes, from, to, dataFrom, dataTo) -> {
                    decoder.event(name, bytes, dataFrom, dataTo, assembly::accept);
                    return !decoder.complete();
                });
                attempt.flowing(call.nanos());
            }
        } catch (IOException | UncheckedIOException e) {
            if (!decoder.complete() && !decoder.mayBreakOff()) {
                var broken = attempt.broken();
                throw new Refusal(broken != null ? broken : BROKEN);
            }
        }
        if (!decoder.complete()) {
            decoder.end(assembly::accept);
        }
        return assembly.response();
    }
}
