package dev.serai.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Runs after all other tests, as the last step of the build: writes {@code target/docs/promises.md} with states and figures
 * of what really ran, and refuses a page that says anything else than that. Figures may differ from run to run.
 */
class PromisesKeptTest {

    private static final String HEAD = "| Promise | Kept by | Figure | State |";

    @Test
    void thePageSaysWhatThisBuildHasFound() throws IOException {
        var page = Page.of("docs/promises.md");
        var run = TestRun.ofThisBuild();
        String found = page.text()
                .lines()
                .map(line -> Promise.isRow(line) ? Promise.read(line).after(run).row() : line)
                .map(line -> line.startsWith("| Promise |") ? HEAD : line)
                .collect(Collectors.joining("\n", "", "\n"));
        Files.writeString(Files.createDirectories(Path.of("target", "docs")).resolve("promises.md"), found);
        assertThat(withoutFigures(page.text()))
                .as(
                        "docs/promises.md, but for figures (not run: this was no whole build; else copy target/docs/promises.md)")
                .isEqualTo(withoutFigures(found));
    }

    private static String withoutFigures(String page) {
        return page.lines()
                .map(line -> Promise.isRow(line) ? withoutFigure(line) : line)
                .collect(Collectors.joining("\n"));
    }

    private static String withoutFigure(String line) {
        var promise = Promise.read(line);
        return Page.cells(line).size() + " cells: " + promise.text() + " | " + promise.keptBy() + " | "
                + promise.state();
    }
}
