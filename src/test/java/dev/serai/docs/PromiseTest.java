package dev.serai.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.docs.TestRun.Result;
import dev.serai.testkit.Figures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of promises cannot claim what did not run. */
class PromiseTest {

    private static final Promise ROW = Promise.read("| It holds | OneTest#holds, TwoProof#holdsToo | old | kept |");

    @Test
    void keptIsWhatRanAndPassed() {
        assertThat(after(Map.of("OneTest#holds", Result.PASSED, "TwoProof#holdsToo", Result.PASSED)))
                .isEqualTo("kept");
        assertThat(after(Map.of("OneTest#holds", Result.PASSED))).isEqualTo("not run");
        assertThat(after(Map.of("OneTest#holds", Result.PASSED, "TwoProof#holdsToo", Result.SKIPPED)))
                .isEqualTo("not run");
        assertThat(after(Map.of("OneTest#holds", Result.PASSED, "TwoProof#holdsToo", Result.FAILED)))
                .isEqualTo("broken");
        assertThat(Promise.read("| It is wished | no test yet | | kept |")
                        .after(new TestRun(Map.of(), Map.of()))
                        .state())
                .isEqualTo("open");
    }

    private static String after(Map<String, Result> results) {
        return ROW.after(new TestRun(results, Map.of())).state();
    }

    @Test
    void aFigureStaysUntilItIsTakenAgain() {
        assertThat(ROW.after(new TestRun(Map.of(), Map.of())).figure()).isEqualTo("old");
        assertThat(ROW.after(new TestRun(Map.of(), Map.of("TwoProof#holdsToo", "7 of 7")))
                        .figure())
                .isEqualTo("7 of 7");
        assertThat(ROW.row()).isEqualTo("| It holds | OneTest#holds, TwoProof#holdsToo | old | kept |");
        assertThat(Promise.read("| It holds | OneTest#holds | | kept |").row())
                .isEqualTo("| It holds | OneTest#holds | | kept |");
    }

    @Test
    void reportsOfPartsAreOneResult(@TempDir Path folder) throws Exception {
        Files.writeString(
                folder.resolve("TEST-dev.serai.OneTest.xml"),
                "<testsuite><testcase name=\"holds(String)[1]\" classname=\"dev.serai.OneTest\"/>"
                        + "<testcase name=\"holds(String)[2]\" classname=\"dev.serai.OneTest\"><failure/></testcase>"
                        + "<testcase name=\"other\" classname=\"dev.serai.OneTest\"/></testsuite>");
        Figures.say("2 of 3 parts");
        var run = TestRun.of(folder, Figures.FOLDER);
        assertThat(run.results())
                .containsOnly(Map.entry("OneTest#holds", Result.FAILED), Map.entry("OneTest#other", Result.PASSED));
        assertThat(run.figures()).containsEntry("PromiseTest#reportsOfPartsAreOneResult", "2 of 3 parts");
    }
}
