package dev.serai.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The targets of the fuzz tests over some thousand changed golden files with fixed seeds, as each build runs them. */
class MutationTest {

    private static final int INPUTS = 3000;

    @Test
    void anyRequestIsReadOrRefused() {
        all(Seeds.requests(), Readers::request);
    }

    @Test
    void anyAnswerIsReadOrAFailure() {
        all(Seeds.answers(), Readers::answer);
    }

    @Test
    void anyStreamEndsOnce() {
        all(Seeds.streams(), Readers::stream);
    }

    @Test
    void anyPassingStreamIsWholeOrFailed() {
        all(Seeds.streams(), Readers::tap);
    }

    @Test
    void anyReadsGiveTheSameEvents() {
        all(Seeds.streams(), Readers::events);
    }

    private static void all(Stream<byte[]> seeds, Consumer<byte[]> target) {
        var mutation = new Mutation(20261128, seeds.toList());
        for (int i = 0; i < INPUTS; i++) {
            byte[] input = mutation.next();
            try {
                target.accept(input);
            } catch (RuntimeException | StackOverflowError | AssertionError bug) {
                throw new AssertionError("input " + i + ": " + new String(input, StandardCharsets.UTF_8), bug);
            }
        }
    }
}
