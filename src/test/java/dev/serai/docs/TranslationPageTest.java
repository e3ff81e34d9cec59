package dev.serai.docs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.translation.Case;
import dev.serai.translation.CaseFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@code docs/translation.md} and the tables of cases say the same, and no case is lost. */
class TranslationPageTest {

    private static final Page PAGE = Page.of("docs/translation.md");
    private static final Path TESTS = Path.of("src/test/java");
    private static final Path TABLES = Path.of("src/test/resources/translation");
    private static final List<CaseFile> FILES =
            CaseFile.NAMES.stream().map(CaseFile::read).toList();
    private static final List<Case> CASES =
            FILES.stream().flatMap(file -> file.cases().stream()).toList();

    @Test
    void everyNumberIsGivenOnce() {
        assertThat(CASES.stream().map(Case::id).sorted())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, CASES.size())
                        .mapToObj("T%03d"::formatted)
                        .toList());
    }

    @Test
    void everyTableIsOnThePageWithItsCases() throws IOException {
        var told = PAGE.table("Table").stream()
                .map(row -> List.of(Page.plain(row.getFirst()), row.get(1), row.get(2)))
                .toList();
        assertThat(told)
                .containsExactlyElementsOf(FILES.stream()
                        .map(file ->
                                List.of(file.name(), String.valueOf(file.cases().size()), file.title()))
                        .toList());
        try (var files = Files.list(TABLES)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".yaml", "")))
                    .containsExactlyInAnyOrderElementsOf(CaseFile.NAMES);
        }
    }

    @Test
    void everyDecisionIsOnThePageAndHeldByACase() {
        var told = new ArrayList<String>();
        for (List<String> row : PAGE.table("Case")) {
            told.addAll(Arrays.asList(row.getFirst().split(", ")));
            assertThat(row).as("question, decision and reason").hasSize(4).doesNotContain("");
        }
        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(
                        CASES.stream().filter(Case::decided).map(Case::id).toList());
    }

    @Test
    void whatIsOutOfScopeIsOnThePageWithItsReason() {
        int from = PAGE.text().indexOf("## What is not translated");
        var told = new Page(PAGE.path(), PAGE.text().substring(from))
                .table("Case").stream().collect(Collectors.toMap(List::getFirst, row -> row.get(1)));
        assertThat(told)
                .containsExactlyInAnyOrderEntriesOf(CASES.stream()
                        .filter(it -> !it.outOfScope().isEmpty())
                        .collect(Collectors.toMap(Case::id, Case::outOfScope)));
    }

    @Test
    void everyCaseHasAPromiseAndIsKeptSomewhere() throws IOException {
        Map<String, Path> classes = classes();
        for (Case it : CASES) {
            assertThat(it.promise()).as(it.id()).isNotBlank();
            int ways = it.trials().size()
                    + it.elsewhere().size()
                    + (it.outOfScope().isEmpty() ? 0 : 1);
            assertThat(ways).as("%s is kept", it.id()).isPositive();
            for (String test : it.elsewhere()) {
                String[] names = test.split("#");
                Path file = requireNonNull(classes.get(names[0]), test);
                assertThat(Page.read(file)).as(it.id()).contains("void " + names[1] + "(");
            }
        }
    }

    private static Map<String, Path> classes() throws IOException {
        try (var files = Files.walk(TESTS)) {
            return files.filter(path -> path.toString().endsWith(".java") && !path.endsWith("package-info.java"))
                    .collect(Collectors.toMap(
                            path -> path.getFileName().toString().replace(".java", ""),
                            Function.identity(),
                            (one, other) -> one));
        }
    }
}
