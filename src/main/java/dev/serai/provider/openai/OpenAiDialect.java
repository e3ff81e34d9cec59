package dev.serai.provider.openai;

import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.protocol.UpstreamError;
import dev.serai.protocol.openaichat.OpenAiChatDialect;
import dev.serai.provider.InStreamErrors;

/** Chat Completions as OpenAI and its likes speak it: the generic dialect, with their codes. */
final class OpenAiDialect implements OpenAiChatDialect {

    private final InStreamErrors errors;

    OpenAiDialect(InStreamErrors errors) {
        this.errors = errors;
    }

    @Override
    public Failure failure(UpstreamError error, FailureClass otherwise) {
        return errors.classify(error);
    }
}
