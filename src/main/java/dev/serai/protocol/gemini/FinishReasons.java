package dev.serai.protocol.gemini;

import dev.serai.message.Finish;
import dev.serai.message.Finish.Reason;
import org.jspecify.annotations.Nullable;

/** The words of {@code finishReason}. */
final class FinishReasons {

    private FinishReasons() {}

    /** @param detail the {@code finishMessage} */
    static Finish decode(String nativeReason, @Nullable String detail) {
        return new Finish(reason(nativeReason), null, nativeReason, detail);
    }

    static Reason reason(String nativeReason) {
        return switch (nativeReason) {
            case "STOP" -> Reason.STOP;
            case "MAX_TOKENS" -> Reason.LENGTH;
            case "SAFETY",
                    "RECITATION",
                    "LANGUAGE",
                    "BLOCKLIST",
                    "PROHIBITED_CONTENT",
                    "SPII",
                    "IMAGE_SAFETY",
                    "IMAGE_PROHIBITED_CONTENT",
                    "IMAGE_RECITATION" -> Reason.CONTENT_FILTER;
            case "MALFORMED_FUNCTION_CALL",
                    "UNEXPECTED_TOOL_CALL",
                    "TOO_MANY_TOOL_CALLS",
                    "MALFORMED_RESPONSE",
                    "MISSING_THOUGHT_SIGNATURE" -> Reason.ERROR;
            default -> Reason.OTHER;
        };
    }

    /** Gemini has no word for calls. */
    static String encode(Reason reason) {
        return switch (reason) {
            case STOP, STOP_SEQUENCE, TOOL_CALLS, PAUSE -> "STOP";
            case LENGTH, CONTEXT_WINDOW -> "MAX_TOKENS";
            case CONTENT_FILTER, REFUSAL -> "SAFETY";
            case OTHER, ERROR -> "OTHER";
        };
    }
}
