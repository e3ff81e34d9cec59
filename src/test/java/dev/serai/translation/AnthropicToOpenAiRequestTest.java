package dev.serai.translation;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/** Requests of Anthropic callers as Chat and Responses upstreams get them. */
class AnthropicToOpenAiRequestTest {

    @TestFactory
    Stream<DynamicContainer> everyCaseHolds() {
        return CaseFile.read("anthropic-to-openai-request").tests();
    }
}
