package dev.serai.protocol.anthropicmessages;

import dev.serai.json.Json;
import dev.serai.json.Span;
import dev.serai.json.Splice;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Finish;
import dev.serai.protocol.PassthroughAnswer;
import dev.serai.protocol.Reply;
import dev.serai.protocol.UpstreamError;
import java.io.IOException;

/** Reads a whole answer that passes through, in one token walk. */
final class AnthropicMessagesPassthroughAnswer {

    private AnthropicMessagesPassthroughAnswer() {}

    static PassthroughAnswer of(byte[] body, Reply reply, AnthropicMessagesDialect dialect) {
        var scan = new AnswerScan();
        try {
            scan.walk(body, 0, body.length);
        } catch (IOException notJson) {
            return failed(body, UpstreamErrors.of(FailureClass.UPSTREAM));
        }
        UpstreamError error = scan.error;
        if (error != null) {
            return failed(body, dialect.failure(error, FailureClass.UPSTREAM));
        }
        Finish finish = StopReasons.finish(scan.stopReason, scan.stopSequence, scan.explanation, scan.calls, dialect);
        if (!scan.blocks || scan.type.equals("error") || finish.reason() == Finish.Reason.ERROR) {
            return failed(body, UpstreamErrors.of(FailureClass.UPSTREAM));
        }
        return new PassthroughAnswer(
                edited(body, scan, reply, dialect), scan.usage.usage(), finish, outputTokens(scan), null);
    }

    private static PassthroughAnswer failed(byte[] body, Failure failure) {
        return new PassthroughAnswer(body, null, null, 0, failure);
    }

    /** A call without arguments is something, too. */
    private static long outputTokens(AnswerScan scan) {
        return Math.max(scan.output.tokens(), scan.content ? 1 : 0);
    }

    private static byte[] edited(byte[] body, AnswerScan scan, Reply reply, AnthropicMessagesDialect dialect) {
        var splice = new Splice(body);
        Span model = scan.model;
        if (model != null) {
            splice.replace(model, Json.bytes(reply.model()));
        }
        Span stop = scan.stopAt;
        String renamed = scan.stopReason.isEmpty() ? null : dialect.renamedStop(scan.stopReason);
        if (stop != null && renamed != null) {
            splice.replace(stop, Json.bytes(renamed));
        }
        return splice.apply();
    }
}
