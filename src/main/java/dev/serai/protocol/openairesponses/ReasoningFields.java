package dev.serai.protocol.openairesponses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Fields;
import dev.serai.json.Json;
import dev.serai.message.Effort;
import dev.serai.message.ReasoningOptions;
import dev.serai.message.ReasoningOptions.Mode;
import dev.serai.message.ReasoningOptions.Visibility;
import dev.serai.protocol.OpenAiFields;
import org.jspecify.annotations.Nullable;

/** The {@code reasoning} member: how much to think, and what the caller sees of it. */
final class ReasoningFields {

    private ReasoningFields() {}

    static ReasoningOptions read(Fields fields) {
        Fields reasoning = fields.object("reasoning");
        if (reasoning == null) {
            return ReasoningOptions.DEFAULT;
        }
        Effort effort = OpenAiFields.effort(reasoning, "effort");
        String summary = reasoning.text("summary");
        if (summary == null) {
            summary = reasoning.text("generate_summary");
        }
        Visibility visibility = summary == null ? Visibility.DEFAULT : Visibility.SUMMARY;
        Boolean keep = keepHistory(reasoning);
        if (effort == null) {
            return new ReasoningOptions(Mode.DEFAULT, null, null, visibility, keep);
        }
        return effort == Effort.NONE
                ? new ReasoningOptions(Mode.OFF, effort, null, Visibility.DEFAULT, keep)
                : new ReasoningOptions(Mode.ADAPTIVE, effort, null, visibility, keep);
    }

    private static @Nullable Boolean keepHistory(Fields reasoning) {
        String context = reasoning.text("context");
        return switch (context) {
            case null -> null;
            case "all_turns" -> true;
            case "current_turn" -> false;
            default -> null;
        };
    }

    /** Whether the answer's reasoning shall be told in summaries. */
    static boolean wantsSummary(ReasoningOptions options) {
        return options.visibility() == Visibility.SUMMARY || options.visibility() == Visibility.FULL;
    }

    static void write(ReasoningOptions options, ObjectNode body) {
        ObjectNode reasoning = Json.object();
        Effort effort = options.effectiveEffort();
        if (effort != null) {
            reasoning.put("effort", effort.wireName());
        }
        if (wantsSummary(options)) {
            reasoning.put("summary", "auto");
        }
        if (options.keepHistory() != null) {
            reasoning.put("context", options.keepHistory() ? "all_turns" : "current_turn");
        }
        if (!reasoning.isEmpty()) {
            body.set("reasoning", reasoning);
        }
    }
}
