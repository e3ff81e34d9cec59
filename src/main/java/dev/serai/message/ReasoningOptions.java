package dev.serai.message;

import org.jspecify.annotations.Nullable;

/**
 * What the caller wants of the model's reasoning.
 *
 * @param budgetTokens the most tokens to think with, in mode {@link Mode#BUDGET}
 * @param keepHistory reasoning of earlier turns shall stay in the prompt
 */
public record ReasoningOptions(
        Mode mode,
        @Nullable Effort effort,
        @Nullable Integer budgetTokens,
        Visibility visibility,
        @Nullable Boolean keepHistory) {

    public static final ReasoningOptions DEFAULT =
            new ReasoningOptions(Mode.DEFAULT, null, null, Visibility.DEFAULT, null);

    /** The effort asked for, told by a budget or by the switch where it is not named. */
    public @Nullable Effort effectiveEffort() {
        if (effort != null) {
            return effort;
        }
        if (mode == Mode.OFF) {
            return Effort.NONE;
        }
        return budgetTokens == null || budgetTokens < 0 ? null : Effort.ofBudget(budgetTokens);
    }

    /** Who decides how much is thought. */
    public enum Mode {
        DEFAULT,
        OFF,
        ADAPTIVE,
        BUDGET
    }

    /** What the caller gets to see of it. */
    public enum Visibility {
        DEFAULT,
        HIDDEN,
        SUMMARY,
        FULL
    }
}
