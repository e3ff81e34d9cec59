package dev.serai.testkit.sdk;

import org.jspecify.annotations.Nullable;

/**
 * What a caller asks for. The one tool that callers have is {@code weather}, which takes a {@code city}.
 *
 * @param text of the user
 * @param reasons whether reasoning is to be done and shown
 * @param tool whether the tool is offered
 * @param picture a PNG in base64 beside the text; empty for none
 * @param earlier the answer that called the tool, after which its result is told; {@code null} at the beginning
 */
public record Ask(
        String model,
        String text,
        boolean reasons,
        boolean tool,
        String picture,
        @Nullable Told earlier,
        String result) {

    /** The tool's name. */
    public static final String TOOL = "weather";

    static final String TOOL_IS = "The weather in a city";

    public static Ask of(String model, String text) {
        return new Ask(model, text, false, false, "", null, "");
    }

    public Ask reasoning() {
        return new Ask(model, text, true, tool, picture, earlier, result);
    }

    public Ask withTool() {
        return new Ask(model, text, reasons, true, picture, earlier, result);
    }

    public Ask showing(String png) {
        return new Ask(model, text, reasons, tool, png, earlier, result);
    }

    /** The same with what came of it so far: the answer's call, and the tool's result. */
    public Ask then(Told answer, String outcome) {
        return new Ask(model, text, reasons, tool, picture, answer, outcome);
    }
}
