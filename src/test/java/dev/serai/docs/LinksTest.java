package dev.serai.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every relative link of the pages leads somewhere, to the headline too where it names one. */
class LinksTest {

    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADLINE = Pattern.compile("(?m)^#+ (.+)$");

    static Stream<Page> pages() throws IOException {
        try (var files = Files.walk(Path.of("docs"))) {
            var docs = files.filter(path -> path.toString().endsWith(".md")).toList();
            return Stream.concat(
                    Stream.of("README.md", "CONTRIBUTING.md", "SECURITY.md", "bench/README.md", "clients/README.md")
                            .map(Path::of),
                    docs.stream())
                    .map(path -> new Page(path, Page.read(path)))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyRelativeLinkLeadsSomewhere(Page page) {
        assertThat(links(page)).allSatisfy(link -> {
            int hash = link.indexOf('#');
            String file = hash < 0 ? link : link.substring(0, hash);
            var folder =
                    page.path().getParent() == null ? Path.of("") : page.path().getParent();
            var target = file.isEmpty() ? page.path() : folder.resolve(file);
            assertThat(Files.exists(target)).as(link).isTrue();
            if (hash >= 0) {
                assertThat(anchors(Page.read(target))).contains(link.substring(hash + 1));
            }
        });
    }

    private static List<String> links(Page page) {
        return LINK.matcher(page.text())
                .results()
                .map(match -> match.group(1))
                .filter(link -> !link.contains("://"))
                .toList();
    }

    private static List<String> anchors(String text) {
        return HEADLINE.matcher(text)
                .results()
                .map(match -> match.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toList());
    }
}
