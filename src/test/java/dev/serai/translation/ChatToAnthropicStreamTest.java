package dev.serai.translation;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/** Streams of Chat upstreams as Anthropic callers read them. */
class ChatToAnthropicStreamTest {

    @TestFactory
    Stream<DynamicContainer> everyCaseHolds() {
        return CaseFile.read("chat-to-anthropic-stream").tests();
    }
}
