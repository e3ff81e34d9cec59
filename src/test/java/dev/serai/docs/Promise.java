package dev.serai.docs;

import dev.serai.docs.TestRun.Result;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A row of {@code docs/promises.md}.
 *
 * @param keptBy the tests that keep it, or why there is none
 * @param figure what they measured last, or a link to a page of figures
 * @param state {@code kept}, {@code open} (no test yet), {@code broken} or {@code not run}
 */
record Promise(String text, String keptBy, String figure, String state) {

    private static final Pattern TEST = Pattern.compile("[A-Za-z]+(?:Test|Proof)#[A-Za-z0-9]+");

    /** Whether a line of the page is such a row. */
    static boolean isRow(String line) {
        return line.startsWith("| ") && !line.startsWith("| Promise |");
    }

    static Promise read(String row) {
        var cells = Page.cells(row);
        if (cells.size() != 4) {
            throw new IllegalArgumentException("a promise has four cells: " + row);
        }
        return new Promise(cells.get(0), cells.get(1), cells.get(2), cells.get(3));
    }

    /** The tests, as {@code Class#method}. */
    List<String> tests() {
        return TEST.matcher(keptBy).results().map(MatchResult::group).toList();
    }

    /** The same promise as a run of tests has found it; a figure that was not taken again stays. */
    Promise after(TestRun run) {
        String said = tests().stream()
                .map(run.figures()::get)
                .filter(Objects::nonNull)
                .distinct()
                .collect(Collectors.joining("; "));
        return new Promise(text, keptBy, said.isEmpty() ? figure : said, stateAfter(run));
    }

    private String stateAfter(TestRun run) {
        if (tests().isEmpty()) {
            return "open";
        }
        if (tests().stream().map(run.results()::get).anyMatch(Result.FAILED::equals)) {
            return "broken";
        }
        return missedBy(run).isEmpty() ? "kept" : "not run";
    }

    /** Those of its tests that this run has no success of. */
    List<String> missedBy(TestRun run) {
        return tests().stream()
                .filter(test -> run.results().get(test) != Result.PASSED)
                .toList();
    }

    String row() {
        return "| " + text + " | " + keptBy + " | " + figure + (figure.isEmpty() ? "| " : " | ") + state + " |";
    }
}
