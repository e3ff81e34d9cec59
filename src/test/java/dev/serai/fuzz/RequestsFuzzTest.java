package dev.serai.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests of strangers, in every protocol. */
class RequestsFuzzTest {

    static Stream<byte[]> seeds() {
        return Seeds.requests();
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "1m")
    void anyRequestIsReadOrRefused(byte[] input) {
        Readers.request(input);
    }
}
