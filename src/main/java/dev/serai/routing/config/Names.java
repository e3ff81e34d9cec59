package dev.serai.routing.config;

import java.util.Optional;

/** What may be a model's name: what a caller can send and a header or a path can carry. */
final class Names {

    private static final int LENGTH = 200;

    private Names() {}

    /** Why the text cannot be the name of a model, if so. */
    static Optional<String> fault(String name) {
        if (name.isBlank()) {
            return Optional.of("a model name must not be empty");
        }
        if (!name.equals(name.strip())) {
            return Optional.of("a model name must not start or end with a blank");
        }
        if (name.length() > LENGTH) {
            return Optional.of("a model name has at most " + LENGTH + " characters");
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("a model name must not hold control characters");
        }
        return placeholder(name)
                ? Optional.of("placeholders are not expanded, and a model name must not look like one")
                : Optional.empty();
    }

    /** Whether the text looks like a placeholder of Camel, Spring or a shell. */
    static boolean placeholder(String text) {
        return text.contains("{{") || text.contains("}}") || text.contains("${") || text.contains("#{");
    }
}
