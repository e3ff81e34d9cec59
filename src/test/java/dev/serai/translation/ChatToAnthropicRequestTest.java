package dev.serai.translation;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/** Requests of Chat callers as Anthropic upstreams get them. */
class ChatToAnthropicRequestTest {

    @TestFactory
    Stream<DynamicContainer> everyCaseHolds() {
        return CaseFile.read("chat-to-anthropic-request").tests();
    }
}
