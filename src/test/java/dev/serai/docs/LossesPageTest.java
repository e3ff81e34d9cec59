package dev.serai.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every name that may stand in {@code x-gateway-dropped} is explained. */
class LossesPageTest {

    /** The ways in which the code notes a loss: by name, on a condition, or in the table of unknown members. */
    private static final Pattern LOSS = Pattern.compile(
            "(?:drop|late)\\(\"([A-Za-z._]+)\"|dropIf\\([^;]*?\"([A-Za-z.]+)\", losses\\)|Map\\.entry\\(\"[a-z_]+\", \"([A-Za-z.]+)\"\\)|\"\" : \"([A-Za-z.]+)\", patch\\)");

    @Test
    void everyLossIsOnThePageAndNoOther() throws IOException {
        var told = Page.of("docs/protocols.md").table("Reported in `x-gateway-dropped`").stream()
                .flatMap(row -> Page.code(row.getFirst()).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(losses()).isEqualTo(told);
    }

    private static TreeSet<String> losses() throws IOException {
        var losses = new TreeSet<String>();
        try (var files = Files.walk(Path.of("src/main/java/dev/serai"))) {
            for (var file : files.filter(
                            path -> path.toString().matches(".*/(protocol|provider)/[a-z]+/[A-Za-z]+\\.java"))
                    .toList()) {
                LOSS.matcher(Page.read(file)).results().forEach(match -> {
                    for (int group = 1; group <= match.groupCount(); group++) {
                        if (match.group(group) != null) {
                            losses.add(match.group(group));
                        }
                    }
                });
            }
        }
        return losses;
    }
}
