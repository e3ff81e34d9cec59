package dev.serai.protocol.gemini;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.Effort;
import dev.serai.message.ReasoningOptions;
import dev.serai.message.ReasoningOptions.Mode;
import dev.serai.protocol.Losses;
import org.jspecify.annotations.Nullable;

/** {@code thinkingConfig}: a level for models from the third generation on, a budget of tokens for 2.5. */
final class ThinkingEncoder {

    private static final int PRO_LEAST = 128;
    private static final int PRO_MOST = 32_768;
    private static final int FLASH_MOST = 24_576;

    private ThinkingEncoder() {}

    static void write(ReasoningOptions reasoning, GeminiModel model, ObjectNode config, Losses losses) {
        Effort effort = reasoning.effectiveEffort();
        ObjectNode thinking = Json.object();
        boolean off = false;
        switch (model.thinking()) {
            case LEVEL -> {
                if (effort != null) {
                    thinking.put("thinkingLevel", level(effort, model.pro()));
                }
            }
            case BUDGET -> {
                Integer budget = budget(reasoning, effort, model);
                if (budget != null) {
                    thinking.put("thinkingBudget", budget);
                    off = budget == 0;
                }
            }
            case NONE -> {
                if (effort != null && effort.compareTo(Effort.MINIMAL) > 0) {
                    losses.drop("reasoning");
                }
                return;
            }
        }
        switch (reasoning.visibility()) {
            case SUMMARY, FULL -> {
                if (!off) {
                    thinking.put("includeThoughts", true);
                }
            }
            case HIDDEN -> thinking.put("includeThoughts", false);
            case DEFAULT -> {}
        }
        if (!thinking.isEmpty()) {
            config.set("thinkingConfig", thinking);
        }
    }

    private static String level(Effort effort, boolean pro) {
        return switch (effort) {
            case NONE, MINIMAL -> pro ? "LOW" : "MINIMAL";
            case LOW -> "LOW";
            case MEDIUM -> "MEDIUM";
            case HIGH, XHIGH, MAX -> "HIGH";
        };
    }

    private static @Nullable Integer budget(ReasoningOptions reasoning, @Nullable Effort effort, GeminiModel model) {
        Integer asked = reasoning.budgetTokens();
        if (effort == null) {
            return reasoning.mode() == Mode.ADAPTIVE ? Integer.valueOf(-1) : null;
        }
        int budget = reasoning.effort() == null && asked != null ? asked : budget(effort);
        return Math.clamp(budget, model.pro() ? PRO_LEAST : 0, model.flash() ? FLASH_MOST : PRO_MOST);
    }

    private static int budget(Effort effort) {
        return switch (effort) {
            case NONE -> 0;
            case MINIMAL -> 512;
            case LOW -> 1024;
            case MEDIUM -> 8192;
            case HIGH -> 24_576;
            case XHIGH, MAX -> 32_768;
        };
    }
}
