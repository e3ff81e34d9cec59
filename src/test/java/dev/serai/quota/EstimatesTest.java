package dev.serai.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.message.Usage;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EstimatesTest {

    private final Estimates estimates = new Estimates();

    private static byte[] text(int bytes) {
        return "word ".repeat(bytes / 5).getBytes(StandardCharsets.US_ASCII);
    }

    private long input(byte[] body) {
        return estimates.guess("m", body, -1).inputTokens();
    }

    private long output(long most) {
        return estimates.guess("m", text(100), most).outputTokens();
    }

    private void learn(int bytes, long most, long input, long output) {
        var guess = estimates.guess("m", text(bytes), most);
        estimates.learn("m", guess, most, new Usage(input, 0, 0, output, 0, false));
    }

    @Test
    void aTokenIsFourBytesUntilTheModelTellsOtherwise() {
        assertThat(input(text(4_000))).isEqualTo(1_000);
        for (int i = 0; i < 100; i++) {
            learn(4_000, -1, 2_000, 10);
        }
        assertThat(input(text(4_000))).isBetween(1_950L, 2_000L);
        assertThat(estimates.guess("another", text(4_000), -1).inputTokens()).isEqualTo(1_000);
    }

    @Test
    void oneStrangeAnswerMovesLittle() {
        learn(4_000, -1, 4_000_000, 0);
        assertThat(input(text(4_000))).isLessThan(1_250);
    }

    @Test
    void aLargeLimitIsNeverTakenAsAWhole() {
        assertThat(output(1_000_000)).isEqualTo(1_024);
        assertThat(output(100)).isEqualTo(13);
        for (int i = 0; i < 200; i++) {
            learn(100, 1_000, 25, 1_000);
        }
        assertThat(output(1_000)).isEqualTo(500);
        assertThat(output(1_000_000)).isBetween(3_900L, 4_000L);
    }

    @Test
    void withoutALimitItIsAUsualAnswer() {
        assertThat(output(-1)).isEqualTo(256);
        for (int i = 0; i < 200; i++) {
            learn(100, -1, 25, 40);
        }
        assertThat(output(-1)).isBetween(40L, 42L);
    }

    @Test
    void aPictureIsAThousandTokensHoweverManyBytesItHas() {
        byte[] random = new byte[3 << 20];
        new Random(1).nextBytes(random);
        String picture = Base64.getEncoder().encodeToString(random);
        String body = "{\"text\":\"" + "word ".repeat(800) + "\",\"a\":\"data:image/png;base64," + picture
                + "\",\"b\":\"" + picture + "\"}";
        var guess = estimates.guess("m", body.getBytes(StandardCharsets.US_ASCII), -1);
        assertThat(guess.mediaTokens()).isEqualTo(2_000);
        assertThat(guess.inputTokens()).isBetween(3_000L, 3_050L);
    }
}
