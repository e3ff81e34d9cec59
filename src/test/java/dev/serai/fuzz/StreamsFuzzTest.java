package dev.serai.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams of upstreams, translated, in every wire. */
class StreamsFuzzTest {

    static Stream<byte[]> seeds() {
        return Seeds.streams();
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "1m")
    void anyStreamEndsOnce(byte[] input) {
        Readers.stream(input);
    }
}
