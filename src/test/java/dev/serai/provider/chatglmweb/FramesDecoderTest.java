package dev.serai.provider.chatglmweb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.message.ChatEvent;
import dev.serai.message.FailureClass;
import dev.serai.message.Finish;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FramesDecoderTest {

    private static final ChatEvent STOPPED = new ChatEvent.Finished(Finish.of(Finish.Reason.STOP, "finish"));

    @ParameterizedTest
    @CsvSource({"cumulative, false", "cumulative, true", "delta, false", "delta, true"})
    void bothStylesTellTheSameAnswer(String file, boolean whole) {
        var played = Played.file(file, whole);
        assertThat(played.reasoning()).isEqualTo("The user greets me. Reply briefly.");
        assertThat(played.text()).isEqualTo("Hello! 你好, how can I help?");
        assertThat(played.last()).isEqualTo(STOPPED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 1000})
    void howTheBytesAreCutChangesNothing(int step) {
        var decoder = Played.decoder(Played.turn("glm"), FrameStyle.AUTO, false);
        assertThat(Played.file("cumulative", decoder, step).events())
                .isEqualTo(Played.file("cumulative", false).events());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCitationBecomesALinkAndNothingIsSaidTwice(boolean whole) {
        var played = Played.file("search", whole);
        assertThat(played.text()).isEqualTo("It is sunny, 25 °C [1](https://weather.example/beijing).");
        assertThat(played.events())
                .anySatisfy(event -> assertThat(event).isInstanceOfSatisfying(ChatEvent.Cited.class, cited -> {
                    assertThat(cited.citation().url()).isEqualTo("https://weather.example/beijing");
                    assertThat(cited.citation().title()).isEqualTo("Example weather page");
                }));
    }

    @Test
    void aFilteredAnswerEndsWithTheFiltersWords() {
        var played = Played.file("filtered", false);
        assertThat(played.text()).isEqualTo("Let me\nThis request cannot be answered.");
        assertThat(played.last())
                .isEqualTo(new ChatEvent.Finished(Finish.of(Finish.Reason.CONTENT_FILTER, "intervene")));
    }

    @Test
    void picturesStandInTheText() {
        var played = Played.file("drawing", false);
        assertThat(played.text())
                .contains("![image](https://sfile.example/testpath/aa11_1_0.jpg)\n")
                .contains("![image](https://sfile.example/testpath/aa11_0_0.jpg)\n")
                .startsWith("```\n{\"prompt\":\"a red bicycle, watercolour\"}\n```\n");
        assertThat(played.last()).isEqualTo(STOPPED);
    }

    @Test
    void anErrorInsideOfAStreamIsAFailure() {
        assertThat(failure(Played.file("error", false))).isEqualTo(FailureClass.UPSTREAM);
    }

    @Test
    void aCutAnswerNeverLooksComplete() {
        var decoder = Played.decoder(Played.turn("glm"), FrameStyle.AUTO, false);
        var played = Played.frames(decoder, Played.text("a", "Hel", "init"));
        assertThat(played.text()).isEqualTo("Hel");
        assertThat(failure(played)).isEqualTo(FailureClass.STREAM_BROKEN);
    }

    @Test
    void anAnswerOfMorePartsThanAreKeptNeverLooksComplete() {
        var frames = Stream.concat(
                IntStream.rangeClosed(0, 2_000).mapToObj(part -> Played.text("part-" + part, "x", "finish")),
                Stream.of(Played.FINISH));
        var decoder = Played.decoder(Played.turn("glm"), FrameStyle.AUTO, false);
        assertThat(failure(Played.frames(decoder, frames.toArray(String[]::new))))
                .isEqualTo(FailureClass.STREAM_BROKEN);
    }

    @Test
    void aFinishWithoutTextIsASoftRateLimit() {
        var decoder = Played.decoder(Played.turn("glm"), FrameStyle.AUTO, false);
        assertThat(failure(Played.frames(decoder, Played.FINISH))).isEqualTo(FailureClass.RATE);
    }

    @Test
    void nothingAtAllIsAnEmptyAnswer() {
        var decoder = Played.decoder(Played.turn("glm"), FrameStyle.AUTO, false);
        assertThat(failure(Played.frames(decoder))).isEqualTo(FailureClass.EMPTY);
    }

    @Test
    void theFinalFramesPartsAreRead() {
        var decoder = Played.decoder(Played.turn("glm"), FrameStyle.AUTO, false);
        var played = Played.frames(
                decoder,
                Played.text("a", "Hello", "init"),
                Played.frame(
                        "\"finish\"",
                        "{\"logic_id\":\"a\",\"status\":\"init\",\"content\":[{\"type\":\"text\",\"text\":\"Hello you\"}]}"));
        assertThat(played.text()).isEqualTo("Hello you");
        assertThat(played.last()).isEqualTo(STOPPED);
    }

    @Test
    void aSecondTextBeginsANewLine() {
        var decoder = Played.decoder(Played.turn("glm"), FrameStyle.AUTO, false);
        var played = Played.frames(
                decoder, Played.text("a", "One", "finish"), Played.text("b", "Two", "finish"), Played.FINISH);
        assertThat(played.text()).isEqualTo("One\nTwo");
    }

    @Test
    void aWholeAnswerIsTheLastSnapshot() {
        var decoder = Played.decoder(Played.turn("glm"), FrameStyle.AUTO, true);
        var played = Played.frames(
                decoder,
                Played.text("a", "ha", "init"),
                Played.text("a", "ha", "init"),
                Played.text("a", "haha", "finish"),
                Played.FINISH);
        assertThat(played.text()).isEqualTo("haha");
    }

    @Test
    void aSilentModelShowsNoReasoning() {
        var decoder = Played.decoder(Played.turn("glm-think-silent"), FrameStyle.AUTO, false);
        var played = Played.file("cumulative", decoder, 1000);
        assertThat(played.reasoning()).isEmpty();
        assertThat(played.text()).isEqualTo("Hello! 你好, how can I help?");
    }

    @Test
    void callsOfToolsComeOutOfTheText() {
        var decoder = Played.decoder(Played.turn("glm", "weather"), FrameStyle.AUTO, false);
        var played = Played.frames(
                decoder,
                Played.text("a", "{\\\"tool_calls\\\":[{\\\"name\\\":\\\"wea", "init"),
                Played.text(
                        "a",
                        "{\\\"tool_calls\\\":[{\\\"name\\\":\\\"weather\\\",\\\"arguments\\\":{\\\"city\\\":\\\"北京\\\"}}]}",
                        "finish"),
                Played.FINISH);
        assertThat(played.text()).isEmpty();
        assertThat(played.calls()).containsExactly("weather", "{\"city\":\"北京\"}");
        assertThat(played.last()).isEqualTo(new ChatEvent.Finished(Finish.of(Finish.Reason.TOOL_CALLS, "finish")));
    }

    @Test
    void aRefusalInsideOfAStreamIsReadLikeOneOutside() {
        var decoder = Played.decoder(Played.turn("glm"), FrameStyle.AUTO, false);
        assertThat(failure(Played.frames(decoder, "{\"status\":401,\"message\":\"token expired\"}")))
                .isEqualTo(FailureClass.KEY_DEAD);
    }

    private static FailureClass failure(Played played) {
        assertThat(played.last()).isInstanceOf(ChatEvent.Failed.class);
        return played.last() instanceof ChatEvent.Failed failed
                ? failed.failure().type()
                : FailureClass.GATEWAY;
    }
}
