package dev.serai.docs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every promise of {@code docs/promises.md} names the test that keeps it, and that test exists. */
class PromisesPageTest {

    private static final Path TESTS = Path.of("src/test/java");

    private static List<String> lines() {
        return Page.of("docs/promises.md").text().lines().toList();
    }

    @TestFactory
    Stream<DynamicTest> everyPromiseIsKeptByATest() throws IOException {
        var classes = classes();
        var promises =
                lines().stream().filter(Promise::isRow).map(Promise::read).toList();
        assertThat(promises).hasSizeGreaterThan(30);
        return promises.stream()
                .map(promise -> DynamicTest.dynamicTest(promise.text(), () -> {
                    assertThat(promise.state())
                            .as("a promise that has a test is kept, one without is open")
                            .isEqualTo(promise.tests().isEmpty() ? "open" : "kept");
                    for (String test : promise.tests()) {
                        String[] name = test.split("#");
                        assertThat(methods(requireNonNull(classes.get(name[0]), name[0])))
                                .contains(name[1]);
                    }
                }));
    }

    @Test
    void everyPromiseStandsOnceInATableOfFourColumns() {
        assertThat(lines().stream()
                        .filter(Promise::isRow)
                        .map(line -> Promise.read(line).text()))
                .doesNotHaveDuplicates();
        assertThat(lines().stream().filter(line -> line.startsWith("|") && !Promise.isRow(line)))
                .containsOnly("| Promise | Kept by | Figure | State |", "|---|---|---|---|");
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
