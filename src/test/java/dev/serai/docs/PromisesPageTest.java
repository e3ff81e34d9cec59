package dev.serai.docs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every promise of {@code docs/promises.md} names the test that keeps it, and that test exists. */
class PromisesPageTest {

    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern TEST = Pattern.compile("([A-Za-z]+(?:Test|Proof))#([A-Za-z0-9]+)");

    @TestFactory
    Stream<DynamicTest> everyPromiseIsKeptByATest() throws IOException {
        var classes = classes();
        var rows = Page.of("docs/promises.md")
                .text()
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| Promise |"))
                .toList();
        assertThat(rows).hasSizeGreaterThan(30);
        return rows.stream()
                .map(row -> DynamicTest.dynamicTest(row.substring(2, row.indexOf(" |", 2)), () -> {
                    boolean kept = row.endsWith("| kept |");
                    var tests = TEST.matcher(row).results().toList();
                    assertThat(kept || row.endsWith("| open |"))
                            .as("kept or open")
                            .isTrue();
                    assertThat(tests.isEmpty())
                            .as("a promise that is kept has a test")
                            .isNotEqualTo(kept);
                    for (var test : tests) {
                        String type = requireNonNull(classes.get(test.group(1)), test.group(1));
                        assertThat(methods(type)).contains(test.group(2));
                    }
                }));
    }

    private static Map<String, String> classes() throws IOException {
        try (var files = Files.walk(TESTS)) {
            return files.filter(path -> path.toString().matches(".*(Test|Proof)\\.java"))
                    .collect(Collectors.toMap(
                            path -> path.getFileName().toString().replace(".java", ""),
                            path -> TESTS.relativize(path)
                                    .toString()
                                    .replace(".java", "")
                                    .replace('/', '.')));
        }
    }

    private static Stream<String> methods(String type) throws ClassNotFoundException {
        return Arrays.stream(Class.forName(type).getDeclaredMethods())
                .filter(method -> Arrays.stream(method.getAnnotations())
                        .anyMatch(annotation -> annotation
                                .annotationType()
                                .getSimpleName()
                                .matches("Test|ParameterizedTest|TestFactory|RepeatedTest")))
                .map(java.lang.reflect.Method::getName);
    }
}
