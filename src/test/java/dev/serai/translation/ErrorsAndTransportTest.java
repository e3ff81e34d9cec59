package dev.serai.translation;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/** Failures of upstreams as callers read them, and what a stream's bytes may look like. */
class ErrorsAndTransportTest {

    @TestFactory
    Stream<DynamicContainer> everyCaseHolds() {
        return CaseFile.read("errors-and-transport").tests();
    }
}
