package dev.serai.provider.anthropic;

import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.protocol.UpstreamError;
import dev.serai.protocol.anthropicmessages.AnthropicMessagesDialect;
import dev.serai.provider.InStreamErrors;

/** Anthropic Messages as Anthropic and its likes speak it, with their error types. */
final class AnthropicDialect implements AnthropicMessagesDialect {

    private final InStreamErrors errors;

    AnthropicDialect(InStreamErrors errors) {
        this.errors = errors;
    }

    @Override
    public Failure failure(UpstreamError error, FailureClass otherwise) {
        return errors.classify(error.code(), error.type(), error.message());
    }
}
