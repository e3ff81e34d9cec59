package dev.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.wires.RandomRequest;
import dev.serai.wires.Translation;
import dev.serai.wires.Wire;
import dev.serai.wires.Wires;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a caller says in one protocol arrives in every other one, or its loss is reported, or it is on the short list of
 * documented silent losses. Random requests, fixed seeds; a failure names its seed.
 */
class TranslationProof {

    private static final int REQUESTS = 400;

    static Stream<Object[]> pairs() {
        return Wires.all().stream().flatMap(from -> Wires.all().stream().map(to -> new Object[] {from, to}));
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("pairs")
    void nothingIsLostWithoutAWord(Wire from, Wire to) {
        int carried = 0;
        var lost = new TreeMap<String, String>();
        for (int i = 0; i < REQUESTS; i++) {
            long seed = 1_000_000L * Wires.all().indexOf(from)
                    + 10_000L * Wires.all().indexOf(to)
                    + i;
            boolean stream = i % 2 == 0;
            var asked = Translation.of(RandomRequest.of(seed), from, stream);
            note(asked, "seed " + seed + " written in " + from, lost);
            var heard = asked.heard();
            if (heard != null) {
                var passedOn = Translation.of(heard, to, stream);
                note(passedOn, "seed " + seed + " read from " + from + " and written in " + to, lost);
                carried += passedOn.heard() == null ? 0 : 1;
            }
        }
        assertThat(lost.values()).isEmpty();
        assertThat(carried).as("requests that went all the way").isGreaterThan(REQUESTS / 2);
    }

    /** The first of each kind is enough. */
    private static void note(Translation translation, String where, Map<String, String> lost) {
        translation.violations().forEach((fact, what) -> lost.putIfAbsent(fact, fact + ", " + where + ": " + what));
    }
}
