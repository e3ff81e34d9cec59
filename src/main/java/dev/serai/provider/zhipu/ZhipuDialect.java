package dev.serai.provider.zhipu;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.message.ChatRequest;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Finish;
import dev.serai.message.Finish.Reason;
import dev.serai.protocol.Losses;
import dev.serai.protocol.UpstreamError;
import dev.serai.protocol.openaichat.OpenAiChatDialect;
import dev.serai.protocol.openaichat.RequestPatch;
import dev.serai.provider.InStreamErrors;
import org.jspecify.annotations.Nullable;

/** Chat Completions as {@code paas/v4} speaks it (vendor's description of 2026-07-11). */
final class ZhipuDialect implements OpenAiChatDialect {

    private final InStreamErrors errors;

    ZhipuDialect(InStreamErrors errors) {
        this.errors = errors;
    }

    @Override
    public boolean patch(RequestPatch patch) {
        return ZhipuPatch.apply(patch);
    }

    @Override
    public ChatRequest prepare(ChatRequest request, Losses losses) {
        return ZhipuRequest.prepare(request, losses);
    }

    @Override
    public void adapt(ObjectNode body, ChatRequest request, Losses losses) {
        ZhipuBody.adapt(body, request, losses);
    }

    @Override
    public boolean takesMediaUrls() {
        return true;
    }

    /** Usage comes with the finish chunk, unasked. */
    @Override
    public boolean asksForUsage() {
        return false;
    }

    @Override
    public boolean splitsUsage() {
        return true;
    }

    @Override
    public Finish finish(String nativeReason) {
        return switch (nativeReason) {
            case "sensitive" -> Finish.of(Reason.CONTENT_FILTER, nativeReason);
            case "network_error" -> Finish.of(Reason.ERROR, nativeReason);
            case "model_context_window_exceeded" -> Finish.of(Reason.CONTEXT_WINDOW, nativeReason);
            default -> OpenAiChatDialect.GENERIC.finish(nativeReason);
        };
    }

    @Override
    public @Nullable String renamedFinish(String nativeReason) {
        return switch (nativeReason) {
            case "sensitive" -> "content_filter";
            case "model_context_window_exceeded" -> "length";
            default -> null;
        };
    }

    @Override
    public boolean takesFreeTextTools() {
        return false;
    }

    @Override
    public Failure failure(UpstreamError error, FailureClass otherwise) {
        return errors.classify(error);
    }
}
