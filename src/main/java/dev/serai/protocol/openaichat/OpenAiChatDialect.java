package dev.serai.protocol.openaichat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.message.ChatRequest;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Finish;
import dev.serai.protocol.Losses;
import dev.serai.protocol.UpstreamError;
import dev.serai.protocol.UpstreamErrors;
import org.jspecify.annotations.Nullable;

/** What sets one OpenAI-compatible upstream apart from the others. Stateless. The defaults are those of OpenAI itself. */
public interface OpenAiChatDialect {

    /** OpenAI's own way, which most compatible servers follow. */
    OpenAiChatDialect GENERIC = new OpenAiChatDialect() {};

    /**
     * Edits a request that passes through, after the model has been replaced and before custom parameters are set.
     *
     * @return false when edits are not enough and the request must be translated
     */
    default boolean patch(RequestPatch patch) {
        return true;
    }

    /** Makes a canonical request one that this dialect can say, before it is encoded. */
    default ChatRequest prepare(ChatRequest request, Losses losses) {
        return request;
    }

    /** Changes the encoded request, before custom parameters are set. */
    default void adapt(ObjectNode body, ChatRequest request, Losses losses) {}

    /** Whether reasoning of earlier turns is sent back. */
    default boolean replaysReasoning() {
        return true;
    }

    /** Whether videos and documents may be given by URL, in {@code video_url} and {@code file_url} parts. */
    default boolean takesMediaUrls() {
        return false;
    }

    /** Whether tools that take free text are known; where not, they become functions. */
    default boolean takesFreeTextTools() {
        return true;
    }

    /** Whether usage must be asked for with {@code stream_options.include_usage}. */
    default boolean asksForUsage() {
        return true;
    }

    /** Whether usage on the finish chunk goes into a chunk of its own for a caller who asked for one. */
    default boolean splitsUsage() {
        return false;
    }

    /** What a {@code finish_reason} means; {@link Finish.Reason#ERROR} makes it a failure. */
    default Finish finish(String nativeReason) {
        return FinishReasons.decode(nativeReason);
    }

    /** The OpenAI word for a {@code finish_reason} that OpenAI clients do not know, or null to leave it. */
    default @Nullable String renamedFinish(String nativeReason) {
        return null;
    }

    /**
     * An error told inside an answer.
     *
     * @param otherwise the class where code and type say nothing
     */
    default Failure failure(UpstreamError error, FailureClass otherwise) {
        return UpstreamErrors.classify(error, otherwise);
    }
}
