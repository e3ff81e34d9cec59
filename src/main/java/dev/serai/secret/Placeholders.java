package dev.serai.secret;

import java.util.Locale;
import java.util.Set;

/** Values that a template or another gateway ships and that therefore protect nothing. */
final class Placeholders {

    private static final Set<String> KNOWN = Set.of(
            "apikey",
            "default",
            "example",
            "password",
            "placeholder",
            "secret",
            "skz2apikey2024",
            "test",
            "todo",
            "token");

    private Placeholders() {}

    /** Whether {@code value} is a shipped default or says itself that it must be replaced. */
    static boolean contains(String value) {
        String plain = value.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return plain.isEmpty()
                || KNOWN.contains(plain)
                || plain.contains("changeme")
                || plain.contains("changethis")
                || plain.contains("replaceme")
                || plain.startsWith("your")
                || plain.startsWith("skyour")
                || plain.startsWith("pkyour")
                || (value.startsWith("<") && value.endsWith(">"))
                || plain.chars().distinct().count() == 1;
    }
}
