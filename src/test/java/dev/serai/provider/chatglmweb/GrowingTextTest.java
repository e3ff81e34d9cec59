package dev.serai.provider.chatglmweb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GrowingTextTest {

    private final StreamStyle style = new StreamStyle(FrameStyle.AUTO);
    private final GrowingText text = new GrowingText(style);

    @Test
    void piecesAreShownAsTheyCome() {
        assertThat(text.take("Hello", false)).isEqualTo("Hello");
        assertThat(text.take(" you", false)).isEqualTo(" you");
        assertThat(text.take("Hello you", true)).isEmpty();
        assertThat(style.get()).isEqualTo(FrameStyle.DELTA);
    }

    @Test
    void ofTheWholeSoFarOnlyWhatIsNewIsShown() {
        assertThat(text.take("Hello", false)).isEqualTo("Hello");
        assertThat(text.take("Hello you", false)).isEqualTo(" you");
        assertThat(text.take("Hello you two", true)).isEqualTo(" two");
        assertThat(style.get()).isEqualTo(FrameStyle.CUMULATIVE);
    }

    @Test
    void shortBeginningsTellNoStyle() {
        text.take("ha", false);
        text.take("haha", false);
        assertThat(style.get()).isEqualTo(FrameStyle.AUTO);
    }

    @Test
    void aLastPieceWithoutASnapshotIsAPiece() {
        text.take("Hello", false);
        text.take(" you", false);
        assertThat(text.take("!", true)).isEqualTo("!");
        assertThat(text).hasToString("Hello you!");
    }

    @Test
    void aRewrittenTailIsSaidAnew() {
        var fixed = new StreamStyle(FrameStyle.CUMULATIVE);
        var told = new GrowingText(fixed);
        told.take("It costs 10", false);
        assertThat(told.take("It costs 12 euros", false)).isEqualTo("2 euros");
        assertThat(fixed.rewrites()).isEqualTo(1);
    }

    @Test
    void ofALongRewriteOnlyWhatIsLongerIsSaid() {
        var told = new GrowingText(new StreamStyle(FrameStyle.CUMULATIVE));
        told.take("a".repeat(50), false);
        assertThat(told.take("b".repeat(50) + "tail", false)).isEqualTo("tail");
        assertThat(told.take("c".repeat(10), false)).isEmpty();
        assertThat(told).hasToString("c".repeat(10));
    }

    @Test
    void noCharacterIsCutInTwo() {
        var told = new GrowingText(new StreamStyle(FrameStyle.CUMULATIVE));
        told.take("x😀", false);
        assertThat(told.take("x😁!", false)).isEqualTo("😁!");
    }
}
