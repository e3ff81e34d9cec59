package dev.serai.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/routes.md} is drawn from {@code routes/}; the fresh page lies in {@code target/docs} to be copied. */
class RoutesPageTest {

    @Test
    void thePictureShowsTheRoutesAsTheyAre() throws IOException {
        String fresh = RoutesPicture.of(Path.of("routes")).page();
        var copy = Path.of("target", "docs", "routes.md");
        Files.createDirectories(copy.getParent());
        Files.writeString(copy, fresh);
        assertThat(Page.of("docs/routes.md").text())
                .as("stale: cp target/docs/routes.md docs/routes.md")
                .isEqualTo(fresh);
    }
}
