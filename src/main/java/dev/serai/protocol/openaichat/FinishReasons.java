package dev.serai.protocol.openaichat;

import dev.serai.message.Finish;
import dev.serai.message.Finish.Reason;

/** The words of {@code finish_reason}. */
final class FinishReasons {

    private FinishReasons() {}

    /** The word without what some servers write for none: blanks, or the word null. */
    static String word(String told) {
        String word = told.strip();
        return word.equals("null") ? "" : word;
    }

    static Finish decode(String nativeReason) {
        Reason reason = switch (nativeReason) {
            case "stop" -> Reason.STOP;
            case "length" -> Reason.LENGTH;
            case "tool_calls", "function_call" -> Reason.TOOL_CALLS;
            case "content_filter" -> Reason.CONTENT_FILTER;
            case "error" -> Reason.ERROR;
            default -> Reason.OTHER;
        };
        return Finish.of(reason, nativeReason);
    }

    static String encode(Reason reason) {
        return switch (reason) {
            case STOP, STOP_SEQUENCE, REFUSAL, PAUSE, OTHER, ERROR -> "stop";
            case LENGTH, CONTEXT_WINDOW -> "length";
            case TOOL_CALLS -> "tool_calls";
            case CONTENT_FILTER -> "content_filter";
        };
    }
}
