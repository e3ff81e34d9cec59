package dev.serai.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.protocol.openaichat.OpenAiChatProtocol;
import dev.serai.testkit.FakeHead;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProtocolsTest {

    private static String meant(String path, Map<String, String> headers, Map<String, String> query) {
        return Protocols.meantBy(new FakeHead(path, Map.of(), headers, query));
    }

    @Test
    void aSharedPathIsMeantAsItsHeadSays() {
        assertThat(meant("/v1/models", Map.of(), Map.of())).isEqualTo("openai-chat");
        assertThat(meant("/v1/models", Map.of("authorization", "Bearer k"), Map.of("api_key", "k")))
                .isEqualTo("openai-chat");
        assertThat(meant("/v1/models", Map.of("anthropic-version", "2023-06-01", "x-goog-api-key", "k"), Map.of()))
                .isEqualTo("anthropic-messages");
        assertThat(meant("/v1/models", Map.of("X-Goog-Api-Key", "k"), Map.of())).isEqualTo("gemini");
        assertThat(meant("/v1/models", Map.of(), Map.of("key", "k"))).isEqualTo("gemini");
        assertThat(meant("/v1beta/models", Map.of(), Map.of())).isEqualTo("gemini");
        assertThat(meant("/v1betamax", Map.of(), Map.of())).isEqualTo("openai-chat");
    }

    @Test
    void aProtocolThatIsNotServedIsAnsweredInOpenAisWords() {
        var protocols = new Protocols(List.of(new OpenAiChatProtocol(Clock.systemUTC())));
        assertThat(protocols
                        .spokenBy(new FakeHead("/v1beta/models", Map.of(), Map.of(), Map.of()))
                        .name())
                .isEqualTo("openai-chat");
    }
}
