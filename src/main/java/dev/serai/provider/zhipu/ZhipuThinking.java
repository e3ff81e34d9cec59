package dev.serai.provider.zhipu;

import dev.serai.message.Effort;
import org.jspecify.annotations.Nullable;

/**
 * An effort as Zhipu says it.
 *
 * @param type {@code thinking.type}, or null to leave it out
 * @param effort {@code reasoning_effort}, or null to leave it out
 * @param lost the model has no way to say it
 */
record ZhipuThinking(@Nullable String type, @Nullable String effort, boolean lost) {

    private static final String ENABLED = "enabled";
    private static final String DISABLED = "disabled";

    static ZhipuThinking of(ZhipuModel model, Effort effort) {
        boolean off = effort == Effort.NONE || effort == Effort.MINIMAL;
        return switch (model.thinking()) {
            case NONE -> new ZhipuThinking(null, null, !off);
            case SWITCH -> new ZhipuThinking(off ? DISABLED : ENABLED, null, false);
            case EFFORT ->
                off ? new ZhipuThinking(DISABLED, null, false) : new ZhipuThinking(ENABLED, highOrMax(effort), false);
            case ALWAYS -> new ZhipuThinking(null, off || effort == Effort.LOW ? "low" : highOrMax(effort), false);
        };
    }

    private static String highOrMax(Effort effort) {
        return effort == Effort.XHIGH || effort == Effort.MAX ? "max" : "high";
    }
}
