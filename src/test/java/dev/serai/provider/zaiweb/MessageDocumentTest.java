package dev.serai.provider.zaiweb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.message.ChatEvent;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageDocumentTest {

    private static final String[] PIECES = {
        "<details type=\"reasoning\" done=\"false\">",
        "</details>",
        "<summary>Thought</summary>\n",
        "\n",
        "\n\n",
        "> ",
        ">",
        "words ",
        "好",
        "🌍",
        "<glm_block view=\"\">{}",
        "</glm_block>",
        "<",
        "<det",
        "ails",
        "</thinking>",
        "a < b",
        "<details>"
    };

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void howADocumentCameAboutDoesNotMatter(int seed) {
        var random = new Random(seed);
        for (int run = 0; run < 200; run++) {
            var document = new MessageDocument();
            var whole = new StringBuilder();
            var thought = new BitSet();
            var sent = new SentText();
            var compared = new SentText();
            for (int step = 0; step < 20; step++) {
                change(random, document, whole, thought);
                if (random.nextInt(3) == 0) {
                    continue;
                }
                var read = new DocumentScan();
                for (int i = 0; i < whole.length(); i++) {
                    read.read(whole.substring(i, i + 1), thought.get(i));
                }
                assertThat(document.text().toString()).isEqualTo(whole.toString());
                assertThat(document.answer().toString()).isEqualTo(read.answer().toString());
                assertThat(document.reasoning().toString())
                        .isEqualTo(read.reasoning().toString());
                assertThat(document.nextAnswer(sent)).isEqualTo(compared.next(read.answer(), 0));
            }
        }
    }

    private static void change(Random random, MessageDocument document, StringBuilder whole, BitSet thought) {
        boolean thinking = random.nextInt(3) == 0;
        var piece = PIECES[random.nextInt(PIECES.length)];
        int length = whole.codePointCount(0, whole.length());
        if (random.nextInt(4) == 0) {
            int from = random.nextInt(length + 3);
            whole.setLength(from >= length ? whole.length() : whole.offsetByCodePoints(0, from));
            document.replaceFrom(from, piece, thinking);
        } else {
            document.append(piece, thinking);
        }
        int end = whole.length();
        whole.append(piece);
        thought.set(end, whole.length(), thinking);
    }

    @Test
    void whatWasAnAnswerStaysOneAfterAnEdit() {
        var document = new MessageDocument();
        document.append("Hm.", true);
        document.append("Yes", false);
        document.append("", true);
        document.append("?", false);
        document.append("Wait.", true);
        document.append("No", false);
        assertThat(document.answer().toString()).isEqualTo("Yes?No");
        document.replaceFrom(13, "ope", false);
        assertThat(document.text().toString()).isEqualTo("Hm.Yes?Wait.Nope");
        assertThat(document.answer().toString()).isEqualTo("Yes?Nope");
        assertThat(document.reasoning().toString()).isEqualTo("Hm.Wait.");
    }

    @Test
    void editsNearTheEndDoNotReadTheWholeDocumentAgain() {
        var document = new MessageDocument();
        document.append("好".repeat(20_000), false);
        for (int i = 0; i < 5_000; i++) {
            document.replaceFrom(20_000L + i - 10, "words and 10", false);
            assertThat(document.answer()).hasSize(document.length());
        }
        assertThat(document.work()).isLessThan(200_000);
    }

    @Test
    void whatNobodyAsksForIsReadOnceAtItsEnd() {
        var document = new MessageDocument();
        document.append("a".repeat(1_000), false);
        for (int i = 0; i < 100; i++) {
            document.replaceFrom(i, "b".repeat(1_000), false);
        }
        document.end();
        assertThat(document.answer().toString()).isEqualTo("b".repeat(1_099));
        assertThat(document.work()).isEqualTo(1_099);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "before<details type=\"reasoning\">> in</details>after | beforeafter | in",
                "<details type=\"tool_calls\">no</details>yes | yes | ''",
                "see <details>more</details> | see <details>more</details> | ''",
                "a<glm_block x>{}</glm_block>b | 'a\n\nb' | ''",
                "<glm_block x>{}</glm_block>b | b | ''",
                "a <Full>b</Full></thinking> c | a b c | ''",
                "1 < 2 <x> | 1 < 2 <x> | ''",
                "<details type=\"reasoning\">> open | '' | open"
            })
    void theTextsAreWhatStandsInsideAndOutside(String whole, String answer, String reasoning) {
        var read = new DocumentScan();
        read.read(whole.replace("\\n", "\n"), false);
        read.end();
        assertThat(read.answer().toString()).isEqualTo(answer);
        assertThat(read.reasoning().toString()).isEqualTo(reasoning);
    }

    @ParameterizedTest
    @ValueSource(strings = {"thinking", "corrected", "tool-block", "late-error"})
    void anyBytesEndOnce(String example) {
        var random = new Random(example.hashCode());
        byte[] good = Frames.example(example).getBytes(StandardCharsets.UTF_8);
        for (int run = 0; run < 300; run++) {
            byte[] bytes = good.clone();
            for (int i = random.nextInt(6); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            var events =
                    Frames.decode(new ByteArrayInputStream(bytes), Frames.shape(run % 2 == 0, "search"), run % 3 == 0);
            assertThat(events.stream()
                            .filter(event -> event instanceof ChatEvent.Finished || event instanceof ChatEvent.Failed))
                    .hasSize(1);
        }
    }
}
