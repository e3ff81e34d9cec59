package dev.serai.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The golden files, by what they hold. */
final class Seeds {

    private static final Path WIRE = Path.of("src/test/resources/wire");
    private static final int LARGEST = 64 * 1024;

    private Seeds() {}

    static Stream<byte[]> requests() {
        return files(name -> name.endsWith("request.json") || name.contains("/clients/"));
    }

    static Stream<byte[]> answers() {
        return files(name -> name.endsWith(".json") && name.contains("response") || name.contains("/errors/"));
    }

    static Stream<byte[]> streams() {
        return files(name -> name.endsWith(".txt"));
    }

    private static Stream<byte[]> files(Predicate<String> wanted) {
        try (var files = Files.walk(WIRE)) {
            List<byte[]> found = files.filter(Files::isRegularFile)
                    .filter(path -> wanted.test(path.toString().replace('\\', '/')))
                    .sorted()
                    .map(Seeds::bytes)
                    .filter(bytes -> bytes.length <= LARGEST)
                    .toList();
            return found.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
