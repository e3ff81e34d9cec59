package dev.serai.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Runs after all other tests, as the last step of the build: writes {@code target/docs/promises.md} with states and figures
 * of what really ran, and refuses a page that says anything else than that. Figures may differ from run to run.
 */
class PromisesKeptTest {

    private static final Path FOUND = Path.of("target", "docs", "promises.md");

    private final TestRun run = TestRun.ofThisBuild();

    PromisesKeptTest() throws IOException {}

    @Test
    void thePageSaysWhatThisBuildHasFound() throws IOException {
        var lines = Page.of("docs/promises.md").text().lines().toList();
        Files.createDirectories(FOUND.getParent());
        Files.write(
                FOUND,
                lines.stream()
                        .map(line -> Promise.isRow(line)
                                ? Promise.read(line).after(run).row()
                                : line)
                        .toList());
        assertThat(lines.stream().filter(Promise::isRow).map(Promise::read).flatMap(this::difference))
                .as("docs/promises.md says something else than this build has found. A test that was not run: the build"
                        + " was not a whole one (mvn verify without -Dtest), or the test was renamed or skipped. Else"
                        + " take the page over: cp " + FOUND + " docs/promises.md")
                .isEmpty();
    }

    private Stream<String> difference(Promise said) {
        String state = said.after(run).state();
        return state.equals(said.state())
                ? Stream.empty()
                : Stream.of(
                        said.text() + ": " + said.state() + " on the page, " + state + " here " + said.missedBy(run));
    }
}
