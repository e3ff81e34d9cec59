package dev.serai.routing.config;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells text that looks like an upstream's key, so that a key in the wrong place is never printed. */
final class KeyLike {

    private static final Pattern KNOWN_FORM =
            Pattern.compile("(?<![A-Za-z0-9])(?:(?:sk|xai|pplx|nvapi|glpat)-[A-Za-z0-9]"
                    + "|(?:sk|pk|rk|gsk|hf|ghp|gho|github_pat|r8)_[A-Za-z0-9]{8}"
                    + "|AIza[A-Za-z0-9_-]{10}|AKIA[A-Z0-9]{12}|eyJ[A-Za-z0-9_-]{10}|Bearer\\s"
                    + "|[0-9a-fA-F]{24,}(?:\\.[A-Za-z0-9]{8,})?(?![A-Za-z0-9]))");

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final int LONG = 20;
    private static final int MANY_DIGITS = 5;

    private KeyLike() {}

    /** Whether some part of the text has the form of a key that is in use somewhere. */
    static boolean inside(String text) {
        return KNOWN_FORM.matcher(text).find();
    }

    /** Why this cannot be the name of an environment variable; null when it can. The text itself is not repeated. */
    static @Nullable String nameFault(String name) {
        if (insteadOfName(name)) {
            return "looks like a key itself; put the key into an environment variable and name the variable here";
        }
        return VARIABLE.matcher(name).matches()
                ? null
                : "is not the name of an environment variable (letters, digits and _)";
    }

    /** Whether text that should be the name of an environment variable is rather a key: any known form, or long and mixed. */
    static boolean insteadOfName(String text) {
        return inside(text)
                || (text.length() >= LONG
                        && text.chars().filter(Character::isDigit).count() >= MANY_DIGITS
                        && text.chars().anyMatch(Character::isLowerCase));
    }
}
