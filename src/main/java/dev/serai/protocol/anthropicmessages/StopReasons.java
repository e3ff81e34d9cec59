package dev.serai.protocol.anthropicmessages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.message.Finish;
import dev.serai.message.Finish.Reason;
import org.jspecify.annotations.Nullable;

/** The words of {@code stop_reason}, and the two members that explain it. */
final class StopReasons {

    private StopReasons() {}

    static Reason decode(String stopReason) {
        return switch (stopReason) {
            case "end_turn" -> Reason.STOP;
            case "max_tokens" -> Reason.LENGTH;
            case "stop_sequence" -> Reason.STOP_SEQUENCE;
            case "tool_use" -> Reason.TOOL_CALLS;
            case "pause_turn", "compaction" -> Reason.PAUSE;
            case "refusal" -> Reason.CONTENT_FILTER;
            case "model_context_window_exceeded" -> Reason.CONTEXT_WINDOW;
            default -> Reason.OTHER;
        };
    }

    /**
     * A finish with what the answer tells.
     *
     * @param told the object that holds {@code stop_reason}, {@code stop_sequence} and {@code stop_details}
     * @param calls whether tools were called
     */
    static Finish finish(JsonNode told, boolean calls, AnthropicMessagesDialect dialect) {
        JsonNode sequence = told.path("stop_sequence");
        JsonNode why = told.path("stop_details").path("explanation");
        return finish(
                told.path("stop_reason").asText(""),
                sequence.isTextual() ? sequence.textValue() : null,
                why.isTextual() ? why.textValue() : null,
                calls,
                dialect);
    }

    /** An answer that ends without a word has just ended. */
    static Finish finish(
            String word,
            @Nullable String sequence,
            @Nullable String explanation,
            boolean calls,
            AnthropicMessagesDialect dialect) {
        if (word.isEmpty() || word.equals("null")) {
            return Finish.of(Reason.STOP).withCalls(calls);
        }
        return new Finish(dialect.reason(word), sequence, word, explanation).withCalls(calls);
    }

    /** Writes {@code stop_reason}, {@code stop_sequence} and {@code stop_details}. */
    static void write(Finish finish, ObjectNode node) {
        String word = encode(finish);
        node.put("stop_reason", word);
        node.put("stop_sequence", word.equals("stop_sequence") ? finish.stopSequence() : null);
        if (word.equals("refusal")) {
            ObjectNode details = node.putObject("stop_details").put("type", "refusal");
            details.putNull("category").put("explanation", finish.detail());
        } else {
            node.putNull("stop_details");
        }
    }

    private static String encode(Finish finish) {
        return switch (finish.reason()) {
            case STOP, OTHER, ERROR -> "end_turn";
            case STOP_SEQUENCE -> finish.stopSequence() == null ? "end_turn" : "stop_sequence";
            case LENGTH -> "max_tokens";
            case TOOL_CALLS -> "tool_use";
            case CONTENT_FILTER, REFUSAL -> "refusal";
            case CONTEXT_WINDOW -> "model_context_window_exceeded";
            case PAUSE -> "pause_turn";
        };
    }
}
