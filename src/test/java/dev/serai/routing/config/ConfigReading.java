package dev.serai.routing.config;

import dev.serai.routing.config.RoutesConfigParser.Parsed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.mock.env.MockEnvironment;

/** Reads ROUTES_CONFIG texts in an environment in which every usual key is set. */
final class ConfigReading {

    static final Path EXAMPLES = Path.of("src/test/resources/routes-config");

    private static final List<String> KEYS = List.of(
            "OPENAI_KEY_1",
            "OPENAI_KEY_2",
            "ZHIPU_KEY_1",
            "ANTHROPIC_KEY_1",
            "ANTHROPIC_KEY_2",
            "GOOGLE_KEY_1",
            "NVIDIA_KEY_1");

    private ConfigReading() {}

    static MockEnvironment environment() {
        var environment = new MockEnvironment();
        KEYS.forEach(key -> environment.setProperty(key, "value-of-" + key));
        return environment;
    }

    static Parsed parse(String text) {
        return parse(text, environment());
    }

    static Parsed parse(String text, MockEnvironment environment) {
        return new RoutesConfigParser().parse(text, new KeyValues(new PlainEnvironment(environment)));
    }

    static ModelEntry only(String text) {
        var parsed = parse(text);
        if (!parsed.problems().isEmpty() || parsed.models().size() != 1) {
            throw new AssertionError(parsed);
        }
        return parsed.models().getFirst();
    }

    static List<String> problems(String text) {
        return parse(text).problems().stream().map(Problem::toString).toList();
    }

    static List<String> warnings(String text, MockEnvironment environment) {
        return parse(text, environment).warnings().stream()
                .map(Problem::toString)
                .toList();
    }

    static Stream<Path> examples(String folder) {
        try (var files = Files.list(EXAMPLES.resolve(folder))) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
