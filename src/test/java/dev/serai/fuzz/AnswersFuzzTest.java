package dev.serai.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole answers of upstreams, in every wire and on both lanes. */
class AnswersFuzzTest {

    static Stream<byte[]> seeds() {
        return Seeds.answers();
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "1m")
    void anyAnswerIsReadOrAFailure(byte[] input) {
        Readers.answer(input);
    }
}
