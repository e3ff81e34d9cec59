package dev.serai.protocol;

import java.util.regex.Pattern;

/**
 * What a wire format asks of tools.
 *
 * @param name what a name must match as a whole
 * @param maxLength the longest name
 * @param freeText tools that take free text are known
 */
public record ToolRules(Pattern name, int maxLength, boolean freeText) {

    /** Both OpenAI protocols: 64 characters, and tools of free text. */
    public static final ToolRules OPENAI = new ToolRules(Pattern.compile("[A-Za-z0-9_-]+"), 64, true);

    /** The same where tools of free text are not known. */
    public ToolRules withoutFreeText() {
        return new ToolRules(name, maxLength, false);
    }

    boolean allows(String toolName) {
        return toolName.length() <= maxLength && name.matcher(toolName).matches();
    }
}
