package dev.serai.translation;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/** Streams from and to the Responses wire. */
class ResponsesStreamTest {

    @TestFactory
    Stream<DynamicContainer> everyCaseHolds() {
        return CaseFile.read("responses-stream").tests();
    }
}
