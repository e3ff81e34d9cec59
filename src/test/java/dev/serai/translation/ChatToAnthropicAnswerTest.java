package dev.serai.translation;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/** Whole answers of Chat upstreams as Anthropic callers read them. */
class ChatToAnthropicAnswerTest {

    @TestFactory
    Stream<DynamicContainer> everyCaseHolds() {
        return CaseFile.read("chat-to-anthropic-answer").tests();
    }
}
