package dev.serai.translation;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/** Answers and streams of Anthropic upstreams as OpenAI callers read them. */
class AnthropicToChatAnswerTest {

    @TestFactory
    Stream<DynamicContainer> everyCaseHolds() {
        return CaseFile.read("anthropic-to-chat-answer").tests();
    }
}
