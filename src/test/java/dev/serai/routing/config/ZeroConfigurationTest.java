package dev.serai.routing.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;

class ZeroConfigurationTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final MockEnvironment environment = new MockEnvironment();

    @Test
    void nothingAtAllIsADemoWithoutAnUpstream() {
        var config = config();
        assertThat(config.models()).singleElement().satisfies(demo -> {
            assertThat(demo.name()).isEqualTo("demo");
            assertThat(demo.providers()).singleElement().satisfies(provider -> {
                assertThat(provider.kind()).isEqualTo("simulator");
                assertThat(provider.keys()).isEmpty();
                assertThat(provider.baseUrl()).isEqualTo("direct:provider.simulator");
            });
        });
        assertThat(config.resolve("gpt-5")).isEmpty();
    }

    @Test
    void oneKeyOfZaiServesTheGlmModelsCodingPlanFirst() {
        environment.setProperty("ZAI_API_KEY", "zai-key");
        var config = config();
        assertThat(config.models())
                .extracting(ModelEntry::name)
                .contains(
                        "glm-4.7",
                        "glm-4.7-flash",
                        "glm-4.7-flashx",
                        "glm-4.5",
                        "glm-4.5-air",
                        "glm-4.5-flash",
                        "glm-4.5v",
                        "glm-5.2")
                .doesNotContain("demo");
        assertThat(config.models()).allSatisfy(model -> {
            assertThat(model.contextWindow()).isPositive();
            assertThat(model.maxOutputTokens()).isPositive();
            assertThat(model.providers())
                    .extracting(ProviderEntry::baseUrl)
                    .containsExactly("https://api.z.ai/api/coding/paas/v4", "https://api.z.ai/api/paas/v4");
            assertThat(model.providers()).allSatisfy(provider -> {
                assertThat(provider.kind()).isEqualTo("zhipu");
                assertThat(provider.model()).isEqualTo(model.name());
                assertThat(provider.keys()).extracting(ProviderEntry.Key::name).containsExactly("ZAI_API_KEY");
            });
        });
    }

    @Test
    void unknownNamesFallBackToTheDefaultModel() {
        environment.setProperty("ZAI_API_KEY", "zai-key");
        assertThat(config().resolve("gpt-5").map(ModelEntry::name)).contains("glm-4.7");
        environment.setProperty("DEFAULT_MODEL", "GLM-4.5-Air");
        assertThat(config().resolve("gpt-5").map(ModelEntry::name)).contains("glm-4.5-air");
        environment.setProperty("DEFAULT_MODEL", "glm-99");
        assertThat(config().resolve("gpt-5").map(ModelEntry::name)).contains("glm-99");
        assertThat(config().resolve("glm-4.7").map(ModelEntry::name)).contains("glm-4.7");
        environment.setProperty("DEFAULT_MODEL", "{{env:HOME}}");
        assertThat(config().resolve("gpt-5").map(ModelEntry::name)).contains("glm-4.7");
    }

    @Test
    void keyMayComeFromAFile() throws IOException {
        environment.setProperty(
                "ZAI_API_KEY_FILE",
                Files.writeString(folder.resolve("zai"), "k\n").toString());
        assertThat(config().resolve("glm-4.7")).isPresent();
    }

    @Test
    void keyThatCannotBeReadIsSaid() {
        environment.setProperty("ZAI_API_KEY_FILE", folder.resolve("gone").toString());
        assertThat(loaded().warnings())
                .singleElement()
                .asString()
                .isEqualTo("ZAI_API_KEY: the file of ZAI_API_KEY_FILE cannot be read; the GLM models are not served");
        environment.setProperty("ZAI_API_KEY_FILE", "");
        environment.setProperty("ZAI_API_KEY", "");
        assertThat(loaded().warnings()).isEmpty();
    }

    @Test
    void commentsAndEmptyObjectsAreZeroConfiguration() {
        environment.setProperty("ZAI_API_KEY", "zai-key");
        for (String text : new String[] {"# nothing\n", "{}", "null", "{\"$schema\": \"x\"}"}) {
            environment.setProperty("ROUTES_CONFIG", text);
            assertThat(loaded().written()).isFalse();
        }
        environment.setProperty("ROUTES_CONFIG", "only: [{provider: simulator}]");
        assertThat(config().models()).extracting(ModelEntry::name).containsExactly("only");
        assertThat(config().resolve("glm-4.7")).isEmpty();
    }

    @Test
    void shippedFileLeavesAFreshCloneWithZeroConfiguration() {
        var loaded = new RoutesConfigLoader(new RoutesConfigSource(environment, Path.of(""))).load();
        assertThat(loaded.written()).isFalse();
        assertThat(loaded.models()).extracting(ModelEntry::name).containsExactly("demo");
    }

    private RoutesConfig config() {
        var loaded = loaded();
        return new RoutesConfig(1, loaded.models(), loaded.fallback());
    }

    private RoutesConfigLoader.Loaded loaded() {
        return new RoutesConfigLoader(new RoutesConfigSource(environment, folder)).load();
    }
}
