package dev.serai.provider.chatglmweb;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a model name asks for: the id of an assistant, or words that switch a mode on.
 *
 * @param assistant who answers
 * @param chatMode {@code ""} for the usual one
 * @param silent reasoning is not shown
 */
record ModelName(String assistant, String chatMode, boolean silent) {

    /** The main chat, which serves all text models. */
    static final String MAIN = "65940acff94777010aa6b796";

    private static final Pattern ASSISTANT = Pattern.compile("[a-z0-9]{24,}");

    static ModelName of(String model) {
        String name = model.toLowerCase(Locale.ROOT);
        String mode = "";
        if (name.contains("deepresearch") || name.contains("deep-research")) {
            mode = "deep_research";
        } else if (name.contains("think") || name.contains("zero")) {
            mode = "zero";
        }
        return new ModelName(ASSISTANT.matcher(model).matches() ? model : MAIN, mode, name.contains("silent"));
    }
}
