package dev.serai.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes as server-sent events. */
class SseReaderFuzzTest {

    static Stream<byte[]> seeds() {
        return Seeds.streams();
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "1m")
    void anyReadsGiveTheSameEvents(byte[] input) {
        Readers.events(input);
    }
}
