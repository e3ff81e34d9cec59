package dev.serai.provider.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.json.Json;
import dev.serai.protocol.Target;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiProviderTest {

    private final GeminiProvider provider = new GeminiProvider(Clock.systemUTC());

    @ParameterizedTest
    @CsvSource({
        "https://g.example,gemini-3-pro,false,https://g.example/v1beta/models/gemini-3-pro:generateContent",
        "https://g.example/v1beta,gemini-3-pro,true,https://g.example/v1beta/models/gemini-3-pro:streamGenerateContent?alt=sse",
        "https://g.example/v1,m,false,https://g.example/v1/models/m:generateContent",
        "https://g.example/proxy,m,false,https://g.example/proxy/v1beta/models/m:generateContent",
        "https://g.example,tunedModels/a,false,https://g.example/v1beta/tunedModels/a:generateContent",
        "https://g.example,models/a,false,https://g.example/v1beta/models/a:generateContent",
        "https://g.example,'a b?c#d:é/x',false,https://g.example/v1beta/models/a%20b%3Fc%23d%3A%C3%A9/x:generateContent"
    })
    void theModelAndTheVerbStandInThePath(String base, String model, boolean stream, String url) {
        var target = new Target(model, stream, null, Json.object(), null, false);
        assertThat(provider.access(base).url(base, target)).isEqualTo(url);
    }

    @Test
    void theKeyStandsInGooglesHeader() {
        var access = provider.access("https://g.example");
        assertThat(access.credentialHeader()).isEqualTo("x-goog-api-key");
        assertThat(access.credentialPrefix()).isEmpty();
    }
}
