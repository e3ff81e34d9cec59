package dev.serai.protocol.gemini;

import dev.serai.json.Json;
import dev.serai.json.Span;
import dev.serai.json.Splice;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Finish;
import dev.serai.protocol.PassthroughAnswer;
import dev.serai.protocol.Reply;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A whole answer that passes: the caller's model name put in, usage and finish read. */
final class GeminiPassthroughAnswer {

    private GeminiPassthroughAnswer() {}

    static PassthroughAnswer of(byte[] body, Reply reply, UpstreamErrors errors) {
        var scan = new AnswerScan();
        try {
            scan.walk(body, 0, body.length);
            if (scan.error) {
                return failed(errors.of(Json.tree(body, 0, body.length)));
            }
        } catch (IOException e) {
            return failed(UpstreamErrors.broken(FailureClass.UPSTREAM));
        }
        if (scan.candidates.isEmpty() && scan.blocked == null) {
            return failed(UpstreamErrors.broken(FailureClass.UPSTREAM));
        }
        Finish finish = finish(scan);
        if (finish != null && finish.reason() == Finish.Reason.ERROR && !scan.content) {
            return failed(UpstreamErrors.broken(FailureClass.EMPTY));
        }
        return new PassthroughAnswer(renamed(body, scan.model, reply), scan.usage, finish, outputTokens(scan), null);
    }

    private static @Nullable Finish finish(AnswerScan scan) {
        if (scan.candidates.isEmpty()) {
            return Finish.of(Finish.Reason.CONTENT_FILTER, scan.blocked);
        }
        String reason = scan.candidates.getFirst().finish();
        return reason == null ? null : FinishReasons.decode(reason, null).withCalls(scan.calls);
    }

    /** An answer of media alone is not empty. */
    private static long outputTokens(AnswerScan scan) {
        return scan.content ? Math.max(1, scan.output.tokens()) : scan.output.tokens();
    }

    private static byte[] renamed(byte[] body, @Nullable Span model, Reply reply) {
        if (model == null) {
            return body;
        }
        var splice = new Splice(body);
        splice.replace(model, Json.bytes(reply.model()));
        return splice.apply();
    }

    private static PassthroughAnswer failed(Failure failure) {
        return new PassthroughAnswer(new byte[0], null, null, 0, failure);
    }
}
