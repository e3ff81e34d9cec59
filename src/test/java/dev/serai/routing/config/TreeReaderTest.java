package dev.serai.routing.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeReaderTest {

    private final Findings findings = new Findings();

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n", "# only a comment\n", "---\n", "\uFEFF# marked\n"})
    void nothingWrittenIsNothing(String text) {
        assertThat(TreeReader.read(text, findings)).isNull();
        assertThat(findings.problems()).isEmpty();
    }

    @Test
    void jsonAndYamlReadTheSame() {
        var json = read("\uFEFF {\n\t\"a\": {\"b\": [1, 2.50, true, null, \"x\\/\\ud83d\\ude00\"]}}");
        var yaml = read("a:\n  b: [1, 2.50, true, ~, 'x/😀']\n");
        assertThat(json).isEqualTo(yaml);
    }

    @Test
    void flowYamlIsNotMistakenForBrokenJson() {
        assertThat(read("{a: {b: c}} # comment")).isEqualTo("{\"a\":{\"b\":\"c\"}}");
    }

    @Test
    void wordsThatOldYamlTakesForTruthAreTexts() {
        assertThat(read("a: [yes, no, on, off, 12:30, 2024-01-01]"))
                .isEqualTo("{\"a\":[\"yes\",\"no\",\"on\",\"off\",\"12:30\",\"2024-01-01\"]}");
    }

    @Test
    void numbersThatAreNoneDoNotBreakTheReader() {
        assertThat(read("a: [.nan, .inf, -.inf]")).contains("nan");
        assertThat(findings.problems()).isEmpty();
    }

    @Test
    void linesAreThoseOfTheText() {
        var tree = (Tree.Members) Objects.requireNonNull(TreeReader.read("a: 1\n\nb:\n  - x\n  - y\n", findings));
        var b = Objects.requireNonNull(tree.members().get("b"));
        assertThat(b.line()).isEqualTo(3);
        assertThat(((Tree.Items) b.value()).items().get(1).line()).isEqualTo(5);
    }

    @Test
    void bombOfAliasesIsRefusedBeforeItGoesOff() {
        var text = new StringBuilder("l0: &l0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int level = 1; level < 12; level++) {
            text.append("l%d: &l%d [".formatted(level, level))
                    .append("*l%d, ".formatted(level - 1).repeat(10))
                    .append("]\n");
        }
        assertRefused(text.toString(), "line 6: more than 200000 values");
    }

    @Test
    void anchorInsideItselfIsRefused() {
        assertRefused("a: &a [*a]", "line 1: the alias *a names no anchor written before it");
    }

    @Test
    void deepNestingIsRefused() {
        assertRefused("[".repeat(60) + "]".repeat(60), "line 1: nested deeper than 40 levels");
        assertRefused("{\"a\":".repeat(5000) + "1" + "}".repeat(5000), "nested deeper than 40 levels");
    }

    @Test
    void hugeTextIsRefused() {
        assertRefused("a".repeat(TreeReader.MAX_CHARACTERS + 1), "the text is longer than");
    }

    @Test
    void longTextIsRead() {
        assertThat(read("a: '" + "b".repeat(3_500_000) + "'")).hasSizeGreaterThan(3_500_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": sk-secret1234567890}",
                "{\"a\": \"sk-secret1234567890",
                "a: \"sk-secret1234567890",
                "a: [sk-secret1234567890\nb: c",
                "a: %sk-secret1234567890",
                "a: !sk-secret1234567890! x",
                "*sk-secret1234567890",
                "a: \u0000sk-secret1234567890"
            })
    void brokenTextIsNeverQuoted(String text) {
        TreeReader.read(text, findings);
        assertThat(findings.problems().toString()).doesNotContain("secret1234567890");
    }

    @Test
    void brokenJsonNamesItsLine() {
        assertRefused("{\n  \"a\": {},\n  \"b\" {}\n}", "line 3: not valid JSON or YAML");
        var cut = new Findings();
        TreeReader.read("{\n  \"a\": {", cut);
        assertThat(cut.problems()).singleElement().asString().isEqualTo("line 2: the text ends too early");
    }

    private void assertRefused(String text, String problem) {
        var own = new Findings();
        assertThat(TreeReader.read(text, own)).isNull();
        assertThat(own.problems()).singleElement().asString().contains(problem);
    }

    private String read(String text) {
        var tree = TreeReader.read(text, findings);
        assertThat(findings.problems()).isEmpty();
        return Objects.requireNonNull(tree).toJson().toString();
    }
}
