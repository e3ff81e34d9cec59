package dev.serai.routing.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoutesConfigTest {

    private static final String TEXT = """
            GPT: { aliases: [Fast], providers: [{ provider: simulator, model: gpt-5 }] }
            vendor/glm: [{ provider: simulator, model: glm-4.7 }]
            gpt-5: [{ provider: simulator, model: other }]
            """;

    @Test
    void namesAreTriedInTheirOrder() {
        assertThat(resolved(TEXT, "GPT")).contains("GPT");
        assertThat(resolved(TEXT, " gpt ")).contains("GPT");
        assertThat(resolved(TEXT, "FAST")).contains("GPT");
        assertThat(resolved(TEXT, "gpt-5")).contains("gpt-5");
        assertThat(resolved(TEXT, "GLM-4.7")).contains("vendor/glm");
        assertThat(resolved(TEXT, "unknown")).isEmpty();
    }

    @Test
    void defaultStandsInForUnknownNames() {
        assertThat(resolved(TEXT + "_default: [{ provider: simulator }]\n", "unknown"))
                .contains("_default");
        assertThat(resolved(
                        TEXT + "_default: [{ provider: simulator }]\ndefault: [{ provider: simulator }]\n", "unknown"))
                .contains("default");
    }

    @Test
    void fallbackComesLast() {
        var models = ConfigReading.parse(TEXT).models();
        var config = new RoutesConfig(1, models, Optional.of("fast"));
        assertThat(config.resolve("unknown").map(ModelEntry::name)).contains("GPT");
        assertThat(config.resolve("vendor/GLM").map(ModelEntry::name)).contains("vendor/glm");
    }

    private static Optional<String> resolved(String text, String name) {
        return new RoutesConfig(1, ConfigReading.parse(text).models())
                .resolve(name)
                .map(ModelEntry::name);
    }
}
