package dev.serai.protocol.anthropicmessages;

import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Finish;
import dev.serai.protocol.UpstreamError;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What sets one upstream that speaks Anthropic Messages apart from the others. Stateless. The defaults are Anthropic's own. */
public interface AnthropicMessagesDialect {

    /** Anthropic's own way. */
    AnthropicMessagesDialect GENERIC = new AnthropicMessagesDialect() {};

    /** Who seals reasoning here: only seals of this issuer are sent back. */
    default String issuer() {
        return Signatures.ISSUER;
    }

    /** Whether messages of the role system are known; else they become marked user text. */
    default boolean takesSystemTurns() {
        return true;
    }

    /** Whether the upstream runs tools of its own, such as a web search. */
    default boolean hostsTools() {
        return true;
    }

    /** Members of the request that are not known here and are taken out, with a report. */
    default Set<String> unknownMembers() {
        return Set.of();
    }

    /** What a {@code stop_reason} means; {@link Finish.Reason#ERROR} makes it a failure. */
    default Finish.Reason reason(String stopReason) {
        return StopReasons.decode(stopReason);
    }

    /** Anthropic's word for a {@code stop_reason} that its clients do not know, or null to leave it. */
    default @Nullable String renamedStop(String stopReason) {
        return null;
    }

    /**
     * An error told inside an answer.
     *
     * @param otherwise the class where its type says nothing
     */
    default Failure failure(UpstreamError error, FailureClass otherwise) {
        return UpstreamErrors.classify(error, otherwise);
    }
}
