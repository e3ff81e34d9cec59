package dev.serai.routing.config;

import dev.serai.secret.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The values behind the names of {@code apiKeys}: the environment variable, else the file that {@code NAME_FILE} names. A
 * name that itself ends in {@code _FILE} always names a file. One reading of the configuration uses one instance; it
 * remembers the files, so that a rotated key can be noticed.
 */
final class KeyValues {

    private static final int MAX_BYTES = 64 * 1024;

    private final PlainEnvironment environment;
    private final Set<Path> files = new LinkedHashSet<>();

    KeyValues(PlainEnvironment environment) {
        this.environment = environment;
    }

    /** The files that were asked for, whether they exist or not. */
    Set<Path> files() {
        return Set.copyOf(files);
    }

    /** The value, or why there is none. */
    Value find(String name) {
        String direct = name.endsWith("_FILE") ? null : environment.get(name);
        if (direct != null && !direct.isBlank()) {
            return checked(direct.strip(), name);
        }
        String variable = name.endsWith("_FILE") ? name : name + "_FILE";
        String file = environment.get(variable);
        if (file == null || file.isBlank()) {
            return Value.missing(name + (direct == null ? " is not set" : " is empty"));
        }
        return fromFile(file.strip(), variable);
    }

    private Value fromFile(String file, String variable) {
        try {
            var path = Path.of(file);
            files.add(path);
            try (var in = Files.newInputStream(path)) {
                String text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8).strip();
                String where = "the file of " + variable;
                return text.isEmpty() ? Value.missing(where + " is empty") : checked(text, where);
            }
        } catch (IOException | InvalidPathException e) {
            return Value.missing("the file of " + variable + " cannot be read");
        }
    }

    private static Value checked(String value, String where) {
        return value.chars().allMatch(c -> c > ' ' && c < 127)
                ? new Value(new Secret(value), null)
                : Value.missing(where + " holds a character that no header can carry");
    }

    /** Either a secret or why there is none. */
    record Value(@Nullable Secret secret, @Nullable String fault) {
        static Value missing(String fault) {
            return new Value(null, fault);
        }
    }
}
