package dev.serai.routing.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * Where the text of ROUTES_CONFIG comes from: the variable {@code ROUTES_CONFIG} itself, else the file that {@code
 * ROUTES_CONFIG_FILE} names, else {@code config/routes-config.yaml} under the working directory. Never merged.
 */
public final class RoutesConfigSource {

    private static final Path USUAL_FILE = Path.of("config", "routes-config.yaml");

    private final PlainEnvironment environment;
    private final Path workingDirectory;

    public RoutesConfigSource(Environment environment, Path workingDirectory) {
        this.environment = new PlainEnvironment(environment);
        this.workingDirectory = workingDirectory;
    }

    /**
     * A text and its origin.
     *
     * @param origin for messages, such as {@code config/routes-config.yaml}
     */
    record Found(String origin, String text) {}

    PlainEnvironment environment() {
        return environment;
    }

    /** The file in use, whether it exists or not; empty when the text is in the variable. */
    Optional<Path> file() {
        if (value("ROUTES_CONFIG") != null) {
            return Optional.empty();
        }
        String named = value("ROUTES_CONFIG_FILE");
        return Optional.of(workingDirectory.resolve(named == null ? USUAL_FILE : path(named)));
    }

    /**
     * The text; empty when nothing is configured.
     *
     * @throws RoutesConfigException when a file is named or exists, but cannot be read
     */
    Optional<Found> read() {
        String inline = value("ROUTES_CONFIG");
        if (inline != null) {
            return Optional.of(new Found("ROUTES_CONFIG", inline));
        }
        var file = file().orElseThrow();
        String named = value("ROUTES_CONFIG_FILE");
        if (named == null && Files.notExists(file)) {
            return Optional.empty();
        }
        String origin = named == null ? USUAL_FILE.toString() : named;
        return Optional.of(new Found(origin, text(file, origin)));
    }

    private static String text(Path file, String origin) {
        if (Files.isDirectory(file)) {
            throw unreadable(origin, "is a directory, not a file");
        }
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(4 * TreeReader.MAX_CHARACTERS + 1);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw unreadable(origin, "is not UTF-8 text");
        } catch (IOException e) {
            throw unreadable(origin, Files.notExists(file) ? "the file does not exist" : "the file cannot be read");
        }
    }

    private static Path path(String named) {
        try {
            return Path.of(named);
        } catch (InvalidPathException e) {
            throw unreadable("ROUTES_CONFIG_FILE", "is not the path of a file");
        }
    }

    private @Nullable String value(String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    private static RoutesConfigException unreadable(String origin, String reason) {
        return new RoutesConfigException(origin, List.of(new Problem(0, "", reason)));
    }
}
