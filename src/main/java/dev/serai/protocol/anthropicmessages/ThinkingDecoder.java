package dev.serai.protocol.anthropicmessages;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Fields;
import dev.serai.message.Effort;
import dev.serai.message.ReasoningOptions;
import dev.serai.message.ReasoningOptions.Mode;
import dev.serai.message.ReasoningOptions.Visibility;
import org.jspecify.annotations.Nullable;

/** How much to think: {@code thinking} and {@code output_config.effort}. */
final class ThinkingDecoder {

    private ThinkingDecoder() {}

    static ReasoningOptions read(Fields fields) {
        Effort effort = effort(fields);
        Fields thinking = fields.object("thinking");
        if (thinking == null) {
            return effort == null
                    ? ReasoningOptions.DEFAULT
                    : new ReasoningOptions(Mode.DEFAULT, effort, null, Visibility.DEFAULT, null);
        }
        Visibility visibility = visibility(thinking);
        return switch (thinking.requiredText("type")) {
            case "adaptive" -> new ReasoningOptions(Mode.ADAPTIVE, effort, null, visibility, null);
            case "enabled" -> {
                Integer budget = thinking.small("budget_tokens", 1, Integer.MAX_VALUE);
                yield new ReasoningOptions(
                        budget == null ? Mode.ADAPTIVE : Mode.BUDGET, effort, budget, visibility, null);
            }
            case "disabled", "between_tools" -> new ReasoningOptions(Mode.OFF, Effort.NONE, null, visibility, null);
            default -> throw thinking.invalid("type", "enabled, adaptive, disabled or between_tools is expected");
        };
    }

    /** Only Anthropic knows this mode; for others thinking is off. */
    static boolean isBetweenTools(Fields fields) {
        return fields.node().path("thinking").path("type").asText().equals("between_tools");
    }

    private static @Nullable Effort effort(Fields fields) {
        Fields config = fields.object("output_config");
        String word = config == null ? null : config.text("effort");
        if (config == null || word == null) {
            return null;
        }
        return switch (word) {
            case "low" -> Effort.LOW;
            case "medium" -> Effort.MEDIUM;
            case "high" -> Effort.HIGH;
            case "xhigh" -> Effort.XHIGH;
            case "max" -> Effort.MAX;
            default -> throw config.invalid("effort", "low, medium, high, xhigh or max is expected");
        };
    }

    private static Visibility visibility(Fields thinking) {
        JsonNode display = thinking.get("display");
        if (display == null) {
            return Visibility.DEFAULT;
        }
        return switch (display.asText()) {
            case "summarized" -> Visibility.SUMMARY;
            case "omitted" -> Visibility.HIDDEN;
            default -> throw thinking.invalid("display", "summarized or omitted is expected");
        };
    }
}
