package dev.serai.message;

import org.jspecify.annotations.Nullable;

/**
 * Why the answer ended.
 *
 * @param stopSequence which stop sequence was hit, where the upstream tells
 * @param nativeReason the upstream's own word
 * @param detail the upstream's own explanation
 */
public record Finish(
        Reason reason,
        @Nullable String stopSequence,
        @Nullable String nativeReason,
        @Nullable String detail) {

    public static Finish of(Reason reason) {
        return new Finish(reason, null, null, null);
    }

    public static Finish of(Reason reason, @Nullable String nativeReason) {
        return new Finish(reason, null, nativeReason, null);
    }

    /**
     * The truth about calls: an answer with calls that stopped has stopped for them, and without calls it has not.
     */
    public Finish withCalls(boolean any) {
        if (any && reason == Reason.STOP) {
            return new Finish(Reason.TOOL_CALLS, stopSequence, nativeReason, detail);
        }
        if (!any && reason == Reason.TOOL_CALLS) {
            return new Finish(Reason.STOP, stopSequence, nativeReason, detail);
        }
        return this;
    }

    /** The closed list of reasons. */
    public enum Reason {
        STOP,
        STOP_SEQUENCE,
        LENGTH,
        TOOL_CALLS,
        CONTENT_FILTER,
        REFUSAL,
        CONTEXT_WINDOW,
        PAUSE,
        ERROR,
        OTHER
    }
}
