package dev.serai.protocol.anthropicmessages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.message.ChatRequest;
import dev.serai.message.Effort;
import dev.serai.message.ReasoningOptions;
import dev.serai.message.ReasoningOptions.Mode;
import dev.serai.protocol.Losses;
import dev.serai.protocol.Target;
import org.jspecify.annotations.Nullable;

/**
 * How much to think, in the words that the model knows, and {@code max_tokens}, which must hold the thinking too. Used
 * once.
 */
final class ThinkingEncoder {

    private static final long LEAST_BUDGET = 1024;

    private final ChatRequest request;
    private final ReasoningOptions asked;
    private final ClaudeModel model;
    private final Losses losses;
    private final long limit;
    private long maxTokens;

    ThinkingEncoder(ChatRequest request, ClaudeModel model, Target target, Losses losses) {
        this.request = request;
        this.asked = request.reasoning();
        this.model = model;
        this.losses = losses;
        Long most = target.maxOutputTokens();
        this.limit = most == null ? model.maxTokens() : most;
        Long wanted = request.maxOutputTokens();
        this.maxTokens = wanted == null ? Math.min(limit, model.defaultTokens()) : wanted;
        if (wanted != null && most != null && wanted > most) {
            losses.drop("maxOutputTokens");
            maxTokens = most;
        }
    }

    /**
     * @param lacksThinking no budget may be given: the turn under way did not begin with thinking
     * @return whether thinking is on
     */
    boolean write(boolean lacksThinking, ObjectNode body) {
        boolean on = write(body, lacksThinking);
        body.put("max_tokens", maxTokens);
        return on;
    }

    private boolean write(ObjectNode body, boolean lacksThinking) {
        if (request.extensions().unmapped().has("thinking") && AnthropicMessagesRequestEncoder.family(request)) {
            return false;
        }
        Effort effort = asked.effectiveEffort();
        if (asked.mode() == Mode.DEFAULT && effort == null) {
            return false;
        }
        boolean off = asked.mode() == Mode.OFF || effort == Effort.NONE;
        if (asked.mode() == Mode.DEFAULT && model.thinking() == ClaudeModel.Thinking.BUDGET) {
            return none(off);
        }
        return switch (model.thinking()) {
            case NONE -> none(off);
            case BUDGET -> off ? disabled(body) : enabled(budget(effort), lacksThinking, body);
            case ADAPTIVE -> off ? disabled(body) : adaptive(effort, body);
            case EITHER -> {
                if (off) {
                    yield disabled(body);
                }
                Integer budget = asked.budgetTokens();
                yield asked.mode() == Mode.BUDGET && budget != null
                        ? enabled(budget, lacksThinking, body)
                        : adaptive(effort, body);
            }
        };
    }

    private boolean none(boolean off) {
        if (!off) {
            losses.drop("reasoning");
        }
        return false;
    }

    private static boolean disabled(ObjectNode body) {
        body.putObject("thinking").put("type", "disabled");
        return false;
    }

    private boolean adaptive(@Nullable Effort effort, ObjectNode body) {
        boolean on = asked.mode() != Mode.DEFAULT;
        if (on) {
            display(body.putObject("thinking").put("type", "adaptive"));
        }
        if (effort != null) {
            body.withObject("/output_config").put("effort", word(effort));
        }
        return on;
    }

    private boolean enabled(long budget, boolean lacksThinking, ObjectNode body) {
        long fitting = lacksThinking ? 0 : fitting(budget);
        if (fitting < LEAST_BUDGET) {
            losses.drop("reasoning");
            return false;
        }
        display(body.putObject("thinking").put("type", "enabled").put("budget_tokens", fitting));
        return true;
    }

    /** Makes room for the budget above what the caller wants to read, as far as the model can; else cuts the budget. */
    private long fitting(long budget) {
        long wanted = Math.max(LEAST_BUDGET, budget);
        if (asked.mode() == Mode.BUDGET && wanted < maxTokens) {
            return wanted;
        }
        long before = maxTokens;
        maxTokens = Math.max(before, Math.min(limit, before + wanted));
        return Math.min(wanted, Math.max(maxTokens - before, maxTokens / 2));
    }

    private long budget(@Nullable Effort effort) {
        Integer budget = asked.budgetTokens();
        if (budget != null) {
            return budget;
        }
        return switch (effort) {
            case null -> 8192;
            case NONE, MINIMAL -> 1024;
            case LOW -> 2048;
            case MEDIUM -> 8192;
            case HIGH -> 16_384;
            case XHIGH -> 24_576;
            case MAX -> 32_000;
        };
    }

    private String word(Effort effort) {
        return switch (effort) {
            case NONE, MINIMAL, LOW -> "low";
            case MEDIUM -> "medium";
            case HIGH -> "high";
            case XHIGH -> model.knowsExtraHighEffort() ? "xhigh" : "high";
            case MAX -> "max";
        };
    }

    private void display(ObjectNode thinking) {
        switch (asked.visibility()) {
            case DEFAULT -> {}
            case HIDDEN -> thinking.put("display", "omitted");
            case SUMMARY, FULL -> thinking.put("display", "summarized");
        }
    }
}
