package dev.serai.message;

import java.util.List;

/** Whether and which tools the model must call. */
public sealed interface ToolChoice {

    record Auto() implements ToolChoice {}

    record None() implements ToolChoice {}

    record Required() implements ToolChoice {}

    record Named(String name, ToolKind kind) implements ToolChoice {}

    /** @param required a call is a must, else the model may answer in text */
    record Allowed(boolean required, List<Named> tools) implements ToolChoice {

        public Allowed {
            tools = List.copyOf(tools);
        }
    }
}
