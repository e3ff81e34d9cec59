package dev.serai.testkit.zai;

import static dev.serai.testkit.emulator.Examples.data;
import static dev.serai.testkit.emulator.Examples.example;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testkit.zai.ZaiAnswer.EditFrom;
import org.junit.jupiter.api.Test;

/** The emulator can say every example of the wire's description, member for member. */
class ZaiAnswerTest {

    @Test
    void thinkingThenAnEditFromTheStart() {
        var answer = ZaiAnswer.of()
                .thinks("Add the numbers.", "\n2 + 2", " = 4.")
                .turnsToAnswer(EditFrom.START, 2, "The answer")
                .says(" is 4", ". 好")
                .usage(12, 34)
                .done()
                .sentinel();

        says("12-1", answer);
        assertThat(answer.document()).endsWith("</details>\nThe answer is 4. 好");
    }

    @Test
    void editOfTextAlreadySent() {
        var answer = ZaiAnswer.of()
                .says("Héllo ", "wrld")
                .edits(6, "world")
                .says(" 🌍!")
                .doneWithUsage(5, 4);

        says("12-2", answer);
        assertThat(answer.document()).isEqualTo("Héllo world 🌍!");
    }

    @Test
    void toolBlockInsideAnAnswer() {
        says(
                "12-3",
                ZaiAnswer.of()
                        .says("Let me look that up.")
                        .tool("call_synth1", "search", "null", "{\"query\":\"Bei", "jing\"}")
                        .saysByEdit("\n\nIt is sunny.")
                        .usage(12, 34)
                        .done()
                        .sentinel());
    }

    @Test
    void errorAfterContent() {
        says("12-4", ZaiAnswer.of().says("Partial").fails("concurrency limit reached", 429));
    }

    @Test
    void editsFromAnyPlaceGiveOneDocument() {
        var whole = ZaiAnswer.of().thinks("a\nb").turnsToAnswer(EditFrom.START, 1, "c");
        var tag = ZaiAnswer.of().thinks("a\nb").turnsToAnswer(EditFrom.TAG, 1, "c");

        assertThat(tag.document()).isEqualTo(whole.document());
        assertThat(ZaiAnswer.of()
                        .thinks("a\nb")
                        .turnsToAnswer(EditFrom.NOWHERE, 1, "c")
                        .document())
                .endsWith("> a\n> b\n</details>\nc");
    }

    private static void says(String example, ZaiAnswer answer) {
        assertThat(data(answer.events())).isEqualTo(example("zai-web", example));
    }
}
