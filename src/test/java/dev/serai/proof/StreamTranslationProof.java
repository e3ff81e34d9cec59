package dev.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.message.ChatEvent;
import dev.serai.wires.Chance;
import dev.serai.wires.Heard;
import dev.serai.wires.RandomAnswer;
import dev.serai.wires.Streams;
import dev.serai.wires.Wire;
import dev.serai.wires.Wires;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A streamed answer means the same in every protocol, whatever it is made of and however its bytes are cut. Random answers,
 * fixed seeds; a failure names its seed.
 */
class StreamTranslationProof {

    private static final int ANSWERS = 1000;

    static Stream<Wire> wires() {
        return Wires.all().stream();
    }

    static Stream<Object[]> pairs() {
        return wires().flatMap(from -> wires().map(to -> new Object[] {from, to}));
    }

    @ParameterizedTest
    @MethodSource("wires")
    void anAnswerIsReadAsItWasSaidHoweverItsBytesAreCut(Wire wire) throws IOException {
        for (long seed = 0; seed < ANSWERS; seed++) {
            List<ChatEvent> said = RandomAnswer.of(seed);
            var chance = new Chance(~seed);
            byte[] bytes = Streams.written(wire, said, chance);
            var heard = Streams.read(wire, bytes, chance.any(1, 7, 64, 4096), chance);
            assertThat(Heard.of(Streams.assembled(heard.events())))
                    .as("seed %d in %s:%n%s%nas%n%s", seed, wire, said, text(bytes))
                    .isEqualTo(Heard.of(Streams.assembled(said)));
        }
    }

    @ParameterizedTest
    @MethodSource("wires")
    void anAnswerThatIsCutIsWholeOrFailed(Wire wire) throws IOException {
        for (long seed = 0; seed < ANSWERS; seed++) {
            List<ChatEvent> said = RandomAnswer.of(seed);
            var chance = new Chance(~seed);
            byte[] whole = Streams.written(wire, said, chance);
            byte[] bytes = Arrays.copyOf(whole, chance.below(whole.length));
            var heard = Streams.read(wire, bytes, 64, chance);
            assertThat(heard.isFinished() ^ heard.isFailed())
                    .as("seed %d in %s: one end", seed, wire)
                    .isTrue();
            if (heard.isFinished()) {
                assertThat(Heard.of(Streams.assembled(heard.events())).withoutTokens())
                        .as("seed %d in %s: looks complete and is not:%n%s", seed, wire, text(bytes))
                        .isEqualTo(Heard.of(Streams.assembled(said)).withoutTokens());
            }
        }
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("pairs")
    void anAnswerOfOneProtocolIsTheSameInAnother(Wire from, Wire to) throws IOException {
        for (long seed = 0; seed < ANSWERS / 4; seed++) {
            List<ChatEvent> said = RandomAnswer.of(seed);
            var chance = new Chance(~seed);
            var between = Streams.read(from, Streams.written(from, said, chance), 4096, chance);
            byte[] bytes = Streams.written(to, between.events(), chance);
            var heard = Streams.read(to, bytes, 4096, chance);
            assertThat(Heard.of(Streams.assembled(heard.events())))
                    .as("seed %d, %s to %s:%n%s%nas%n%s", seed, from, to, said, text(bytes))
                    .isEqualTo(Heard.of(Streams.assembled(said)));
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
