package dev.serai.translation;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/** Gemini upstreams behind callers of every other kind. */
class GeminiUpstreamTest {

    @TestFactory
    Stream<DynamicContainer> everyCaseHolds() {
        return CaseFile.read("gemini-upstream").tests();
    }
}
