package dev.serai.inbound;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A path such as {@code /v1/models/{id}} or {@code /v1beta/models/{model}:generateContent}. A variable takes the rest of
 * the path up to what follows it in the template, slashes included, so that model names may hold {@code /}; it takes at
 * least one character.
 */
record PathTemplate(
        String template, String prefix, @Nullable String variable, String suffix) {

    static PathTemplate of(String template) {
        int open = template.indexOf('{');
        if (open < 0) {
            return new PathTemplate(template, template, null, "");
        }
        int close = template.indexOf('}', open);
        if (close < 0 || template.indexOf('{', close) >= 0) {
            throw new IllegalArgumentException("a path takes one {variable} at most: " + template);
        }
        return new PathTemplate(
                template,
                template.substring(0, open),
                template.substring(open + 1, close),
                template.substring(close + 1));
    }

    /** The variables of {@code path}, or null when it is not of this form. */
    @Nullable
    Map<String, String> match(String path) {
        if (variable == null) {
            return path.equals(template) ? Map.of() : null;
        }
        boolean fits =
                path.length() > prefix.length() + suffix.length() && path.startsWith(prefix) && path.endsWith(suffix);
        if (!fits) {
            return null;
        }
        var variables = new LinkedHashMap<String, String>();
        variables.put(variable, path.substring(prefix.length(), path.length() - suffix.length()));
        return variables;
    }

    /** Longer fixed parts are more particular and are asked first. */
    int weight() {
        return prefix.length() + suffix.length() + (variable == null ? 10_000 : 0);
    }
}
