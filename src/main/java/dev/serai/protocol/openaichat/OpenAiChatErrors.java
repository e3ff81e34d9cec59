package dev.serai.protocol.openaichat;

import dev.serai.json.Json;
import dev.serai.message.Failure;
import dev.serai.protocol.OpenAiErrors;
import dev.serai.stream.ByteSink;

/** How a chat stream tells a failure: the error envelope as an event of its own. */
final class OpenAiChatErrors {

    private OpenAiChatErrors() {}

    static void event(Failure failure, ByteSink out) {
        out.ascii("data: ");
        out.write(Json.bytes(OpenAiErrors.envelope(failure)));
        out.ascii("\n\n");
    }
}
