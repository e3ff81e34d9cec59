package dev.serai.provider.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.json.Json;
import dev.serai.protocol.Envelope;
import dev.serai.protocol.Target;
import dev.serai.protocol.anthropicmessages.AnthropicMessagesProtocol;
import dev.serai.testkit.FakeHead;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnthropicProviderTest {

    private static final Target TARGET = new Target("m", false, null, Json.object(), null, false);

    private final AnthropicProvider provider = new AnthropicProvider(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    @ParameterizedTest
    @CsvSource({
        "https://api.anthropic.com, https://api.anthropic.com/v1/messages, x-api-key, ''",
        "https://api.anthropic.com/v1, https://api.anthropic.com/v1/messages, x-api-key, ''",
        "https://API.anthropic.com, https://API.anthropic.com/v1/messages, x-api-key, ''",
        "https://llm.example.com/anthropic, https://llm.example.com/anthropic/v1/messages, authorization, 'Bearer '",
        "http://10.0.0.1:8080/v1, http://10.0.0.1:8080/v1/messages, authorization, 'Bearer '"
    })
    void thePlaceTellsThePathAndHowTheKeyIsShown(String baseUrl, String url, String header, String prefix) {
        var access = provider.at(baseUrl);
        assertThat(access.url(baseUrl, TARGET)).isEqualTo(url);
        assertThat(access.credentialHeader()).isEqualTo(header);
        assertThat(access.credentialPrefix()).isEqualTo(prefix);
    }

    @Test
    void theCallersVersionGoesAlongWithItsOwnBytesOnly() {
        byte[] body = "{\"model\":\"m\",\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}"
                .getBytes(StandardCharsets.UTF_8);
        Envelope newer = new AnthropicMessagesProtocol()
                .read(body, FakeHead.ofHeaders(Map.of("anthropic-version", "2026-10-21", "anthropic-beta", "a,b")));
        var access = provider.at("https://api.anthropic.com");
        assertThat(access.headers(newer, true))
                .isEqualTo(Map.of("anthropic-version", "2026-10-21", "anthropic-beta", "a,b"));
        assertThat(access.headers(newer, false))
                .isEqualTo(Map.of("anthropic-version", "2023-06-01", "anthropic-beta", "a,b"));
    }
}
