package dev.serai.routing.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Configurations of AI-Worker-Proxy, of the original and of its forks, mean here what they meant there. */
class AiWorkerProxyConfigTest {

    @Test
    void entriesOfTheForkWorkUnchanged() {
        var entry = ConfigReading.only(
                ConfigReading.text(ConfigReading.EXAMPLES.resolve("valid").resolve("entries.json")));

        assertThat(entry.name()).isEqualTo("deep-think");
        assertThat(entry.prompt()).isEqualTo("Think first.");
        assertThat(entry.contextWindow()).isEqualTo(1_047_576);
        assertThat(entry.pricing()).isNotNull();
        assertThat(entry.providers()).extracting(ProviderEntry::kind).containsExactly("openai", "zhipu");
        assertThat(entry.providers())
                .extracting(ProviderEntry::baseUrl)
                .containsExactly("https://api.openai.com/v1", "https://api.z.ai/api/paas/v4");
        assertThat(entry.providers().getFirst().customParams()).hasToString("{\"store\":false}");
    }

    @Test
    void listsOfTheOriginalWorkUnchanged() {
        var parsed = ConfigReading.parse(
                ConfigReading.text(ConfigReading.EXAMPLES.resolve("valid").resolve("lists.json")));

        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.models()).extracting(ModelEntry::name).containsExactly("deep-think", "fast", "nvidia");
        assertThat(parsed.models().get(1).providers())
                .extracting(ProviderEntry::kind)
                .containsExactly("gemini", "openai");
        assertThat(parsed.models().get(2).providers()).singleElement().satisfies(provider -> {
            assertThat(provider.kind()).isEqualTo("openai");
            assertThat(provider.chatOnly()).isTrue();
            assertThat(provider.baseUrl()).isEqualTo("https://integrate.api.nvidia.com/v1");
            assertThat(provider.model()).isEqualTo("nvidia/llama-3.1-nemotron-70b-instruct");
        });
    }

    @Test
    void minifiedTextOnOneLineWorks() {
        assertThat(ConfigReading.only("{\"glm\":[{\"provider\":\"zhipu\",\"model\":\"glm-4.7\","
                                + "\"apiKeys\":[\"ZHIPU_KEY_1\"]}]}")
                        .providers())
                .hasSize(1);
    }

    @Test
    void workersAiIsRefusedWithItsReason() {
        assertThat(ConfigReading.problems(
                        "{\"x\": [{\"provider\": \"cloudflare-ai\", \"model\": \"@cf/x\", \"apiKeys\": []}]}"))
                .singleElement()
                .asString()
                .contains("only inside a Cloudflare Worker");
    }

    @Test
    void groundingIsAcceptedAndSaidToDoNothing() {
        assertThat(ConfigReading.warnings(
                        "{\"x\": [{\"provider\": \"google\", \"model\": \"g\", \"grounding\": true}]}",
                        ConfigReading.environment()))
                .anySatisfy(warning -> assertThat(warning).contains("x[0].grounding: is not supported"));
    }
}
