package dev.serai.protocol.openairesponses;

import dev.serai.json.Json;
import dev.serai.json.Span;
import dev.serai.json.Splice;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Finish;
import dev.serai.protocol.PassthroughAnswer;
import dev.serai.protocol.Reply;
import dev.serai.protocol.UpstreamError;
import dev.serai.protocol.UpstreamErrors;
import java.io.IOException;

/** Reads a whole answer that passes through, in one token walk. */
final class OpenAiResponsesPassthroughAnswer {

    private OpenAiResponsesPassthroughAnswer() {}

    static PassthroughAnswer of(byte[] body, Reply reply, OpenAiResponsesSurface.Errors errors) {
        var scan = new AnswerScan();
        try {
            scan.walkWhole(body);
        } catch (IOException notJson) {
            return failed(body, UpstreamErrors.of(FailureClass.UPSTREAM));
        }
        UpstreamError error = scan.error;
        if (error != null) {
            return failed(body, errors.failure(error, FailureClass.UPSTREAM));
        }
        boolean whole = scan.status.equals(OutputItems.COMPLETED) || scan.status.isEmpty();
        if (!scan.output || !whole && !scan.status.equals(OutputItems.INCOMPLETE)) {
            return failed(body, UpstreamErrors.of(FailureClass.UPSTREAM));
        }
        Finish finish = Endings.decode(whole ? OutputItems.COMPLETED : scan.status, scan.incomplete, scan.calls, false);
        var splice = new Splice(body);
        Span model = scan.model;
        if (model != null) {
            splice.replace(model, Json.bytes(reply.model()));
        }
        return new PassthroughAnswer(splice.apply(), scan.usage, finish, scan.items.tokens(), null);
    }

    private static PassthroughAnswer failed(byte[] body, Failure failure) {
        return new PassthroughAnswer(body, null, null, 0, failure);
    }
}
