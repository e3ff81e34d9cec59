package dev.serai.protocol.openaichat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Fields;
import dev.serai.message.Effort;
import dev.serai.message.ReasoningOptions;
import dev.serai.message.ReasoningOptions.Mode;
import dev.serai.message.ReasoningOptions.Visibility;
import dev.serai.protocol.OpenAiFields;
import org.jspecify.annotations.Nullable;

/** How much to think: {@code reasoning_effort}, and the members that compatible servers have for the same. */
final class ReasoningFields {

    private ReasoningFields() {}

    static ReasoningOptions read(Fields fields) {
        Effort effort = OpenAiFields.effort(fields, "reasoning_effort");
        Boolean keep = keepHistory(fields);
        if (effort != null) {
            return effort == Effort.NONE
                    ? new ReasoningOptions(Mode.OFF, effort, null, Visibility.DEFAULT, keep)
                    : new ReasoningOptions(Mode.ADAPTIVE, effort, null, Visibility.SUMMARY, keep);
        }
        Boolean enabled = enabled(fields);
        if (enabled == null && keep == null) {
            return ReasoningOptions.DEFAULT;
        }
        Mode mode = enabled == null ? Mode.DEFAULT : enabled ? Mode.ADAPTIVE : Mode.OFF;
        return new ReasoningOptions(mode, null, null, Visibility.DEFAULT, keep);
    }

    static void write(ReasoningOptions options, ObjectNode body) {
        Effort effort = options.effectiveEffort();
        if (effort != null) {
            body.put("reasoning_effort", effort.wireName());
        }
    }

    /** {@code thinking.type} of Zhipu and others, {@code enable_thinking} of Qwen and others. */
    private static @Nullable Boolean enabled(Fields fields) {
        JsonNode type = fields.node().path("thinking").path("type");
        if (type.isTextual()) {
            return !type.textValue().equals("disabled");
        }
        JsonNode flag = fields.node().path("enable_thinking");
        return flag.isBoolean() ? flag.booleanValue() : null;
    }

    private static @Nullable Boolean keepHistory(Fields fields) {
        JsonNode clear = fields.node().path("thinking").path("clear_thinking");
        return clear.isBoolean() ? !clear.booleanValue() : null;
    }
}
