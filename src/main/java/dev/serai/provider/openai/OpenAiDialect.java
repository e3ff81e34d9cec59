package dev.serai.provider.openai;

import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.protocol.UpstreamError;
import dev.serai.protocol.openaichat.OpenAiChatDialect;
import dev.serai.provider.InStreamErrors;

/** Chat Completions as OpenAI and its likes speak it: the generic dialect, with their codes. */
final class OpenAiDialect implements OpenAiChatDialect {

    private final InStreamErrors errors;
    private final boolean own;

    /** @param own the upstream is OpenAI itself; the others know its functions but seldom its tools of free text */
    OpenAiDialect(InStreamErrors errors, boolean own) {
        this.errors = errors;
        this.own = own;
    }

    @Override
    public boolean takesFreeTextTools() {
        return own;
    }

    @Override
    public Failure failure(UpstreamError error, FailureClass otherwise) {
        return errors.classify(error);
    }
}
