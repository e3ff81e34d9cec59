package dev.serai.protocol.openaichat;

import dev.serai.json.Json;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Finish;
import dev.serai.protocol.PassthroughAnswer;
import dev.serai.protocol.Reply;
import dev.serai.protocol.UpstreamError;
import dev.serai.protocol.UpstreamErrors;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a whole answer that passes through, in one token walk. */
final class OpenAiChatPassthroughAnswer {

    private OpenAiChatPassthroughAnswer() {}

    static PassthroughAnswer of(byte[] body, Reply reply, OpenAiChatDialect dialect) {
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
        Finish finish = finish(scan, dialect);
        if (scan.choices.isEmpty() || finish != null && finish.reason() == Finish.Reason.ERROR) {
            return failed(body, UpstreamErrors.of(FailureClass.UPSTREAM));
        }
        byte[] edited = ChunkEdits.edited(body, 0, body.length, scan, Json.bytes(reply.model()), dialect);
        return new PassthroughAnswer(edited, scan.usage, finish, scan.output.tokens(), null);
    }

    private static PassthroughAnswer failed(byte[] body, Failure failure) {
        return new PassthroughAnswer(body, null, null, 0, failure);
    }

    private static @Nullable Finish finish(AnswerScan scan, OpenAiChatDialect dialect) {
        for (AnswerScan.Choice choice : scan.choices) {
            String reason = choice.finish();
            if (reason != null) {
                return dialect.finish(reason).withCalls(scan.calls);
            }
        }
        return null;
    }
}
