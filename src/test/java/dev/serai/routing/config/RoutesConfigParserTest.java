package dev.serai.routing.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.routing.config.ModelEntry.Lane;
import dev.serai.routing.config.ModelEntry.Pricing;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

class RoutesConfigParserTest {

    @Test
    void everythingWrittenIsRead() {
        var entry = ConfigReading.only(
                ConfigReading.text(ConfigReading.EXAMPLES.resolve("valid").resolve("full.yaml")));

        assertThat(entry.name()).isEqualTo("gpt-5");
        assertThat(entry.aliases()).containsExactly("gpt-latest", "vendor/gpt-5");
        assertThat(entry.displayName()).isEqualTo("GPT-5");
        assertThat(entry.contextWindow()).isEqualTo(400_000);
        assertThat(entry.maxInputTokens()).isEqualTo(272_000);
        assertThat(entry.maxOutputTokens()).isEqualTo(128_000);
        assertThat(entry.pricing())
                .isEqualTo(new Pricing("USD", new BigDecimal("1.25"), new BigDecimal("0.125"), BigDecimal.TEN));
        assertThat(entry.metadata())
                .hasToString("{\"reasoning_effort\":\"high\",\"nested\":{\"list\":[1,2.5,true,null]}}");
        assertThat(entry.flags()).containsExactly("tools", "vision");
        assertThat(entry.lane()).isEqualTo(Lane.TRANSLATED);
        assertThat(entry.refuseLosses()).isTrue();
        assertThat(entry.strategy()).isEqualTo(Strategy.WEIGHTED);
        assertThat(entry.timeouts())
                .isEqualTo(new Timeouts(
                        Duration.ofMillis(500), Duration.ofSeconds(90), Duration.ofMinutes(2), Duration.ofHours(1)));
        assertThat(entry.providers()).hasSize(2);
    }

    @Test
    void providersKeepTheirOrderAndTheirOwn() {
        var providers = ConfigReading.only(ConfigReading.text(
                        ConfigReading.EXAMPLES.resolve("valid").resolve("full.yaml")))
                .providers();

        var first = providers.getFirst();
        assertThat(first.kind()).isEqualTo("openai");
        assertThat(first.model()).isEqualTo("gpt-5-2025-08-07");
        assertThat(first.baseUrl()).isEqualTo("https://api.openai.com/v1");
        assertThat(first.chatOnly()).isFalse();
        assertThat(first.weight()).isEqualTo(3);
        assertThat(first.customParams()).hasToString("{\"service_tier\":\"priority\"}");
        assertThat(first.keys()).extracting(ProviderEntry.Key::name).containsExactly("OPENAI_KEY_1", "OPENAI_KEY_2");
        assertThat(first.keys().getFirst().secret().reveal()).isEqualTo("value-of-OPENAI_KEY_1");
        var second = providers.get(1);
        assertThat(second.kind()).isEqualTo("openai");
        assertThat(second.chatOnly()).isTrue();
        assertThat(second.baseUrl()).isEqualTo("https://eu.example.com:8443/openai/v1");
        assertThat(second.weight()).isEqualTo(1);
        assertThat(second.customParams().isEmpty()).isTrue();
        assertThat(second.timeouts()).isEqualTo(new Timeouts(null, null, null, Duration.ofMinutes(5)));
    }

    @Test
    void promptIsTextAndNeverAPlaceholder() {
        var entry = ConfigReading.only(
                ConfigReading.text(ConfigReading.EXAMPLES.resolve("valid").resolve("full.yaml")));
        assertThat(entry.prompt()).isEqualTo("Answer in verse. ${USER} and {{env:HOME}} are plain text here.\n");
        assertThat(entry.description()).contains("{{not a placeholder}}");
    }

    @ParameterizedTest
    @CsvSource({
        "openai, openai, https://api.openai.com/v1, false",
        "openaiChat, openai, https://api.openai.com/v1, true",
        "zhipu, zhipu, https://api.z.ai/api/paas/v4, false",
        "anthropic, anthropic, https://api.anthropic.com, false",
        "gemini, gemini, https://generativelanguage.googleapis.com, false",
        "google, gemini, https://generativelanguage.googleapis.com, false",
        "chatglm-web, chatglm-web, https://chatglm.cn, false",
        "chatglm, chatglm-web, https://chatglm.cn, false",
        "zai-web, zai-web, https://chat.z.ai, false",
        "zai, zai-web, https://chat.z.ai, false",
        "simulator, simulator, direct:provider.simulator, false"
    })
    void kindsHaveTheirNamesAndAddresses(String written, String kind, String url, boolean chatOnly) {
        var parsed = new RoutesConfigParser()
                .parse(
                        "m: [{provider: " + written + ", model: x, apiKeys: [OPENAI_KEY_1]}]",
                        new KeyValues(new PlainEnvironment(ConfigReading.environment())));
        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.warnings()).isEmpty();
        assertThat(parsed.models().getFirst().providers()).singleElement().satisfies(provider -> {
            assertThat(provider.kind()).isEqualTo(kind);
            assertThat(provider.baseUrl()).isEqualTo(url);
            assertThat(provider.chatOnly()).isEqualTo(chatOnly);
        });
    }

    @Test
    void camelAndSimulatorNeedNoModelOfTheirOwn() {
        var entry = ConfigReading.only("mine: [{provider: camel, endpoint: 'direct:mine'}, {provider: simulator}]");
        assertThat(entry.providers()).extracting(ProviderEntry::model).containsExactly("mine", "mine");
        assertThat(entry.providers())
                .extracting(ProviderEntry::baseUrl)
                .containsExactly("direct:mine", "direct:provider.simulator");
    }

    @Test
    void entryWinsOverItsFirstProviderAndSilenceIsFilled() {
        var entry = ConfigReading.only("""
                m:
                  description: of the entry
                  outputPricePer1m: 0
                  providers:
                    - { provider: simulator, description: of the provider, displayName: First, outputPricePer1m: 5,
                        inputPricePer1m: 2, contextWindow: 1000, flags: [a], metadata: {b: 1} }
                    - { provider: simulator, displayName: Second, maxOutputTokens: 7 }
                """);
        assertThat(entry.description()).isEqualTo("of the entry");
        assertThat(entry.displayName()).isEqualTo("First");
        assertThat(entry.pricing()).isEqualTo(new Pricing(null, new BigDecimal(2), null, BigDecimal.ZERO));
        assertThat(entry.contextWindow()).isEqualTo(1000);
        assertThat(entry.maxOutputTokens()).isNull();
        assertThat(entry.flags()).containsExactly("a");
        assertThat(entry.providers().getFirst().contextWindow()).isEqualTo(1000);
        assertThat(entry.providers().get(1).maxOutputTokens()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"leastInFlight", "lowestLatency", "lowestCost", "sticky", "hedge"})
    void strategyOfLaterIsAcceptedAndMeansOrdered(String strategy) {
        var parsed = ConfigReading.parse("m: {strategy: " + strategy + ", providers: [{provider: simulator}]}");
        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.models().getFirst().strategy()).isEqualTo(Strategy.ORDERED);
        assertThat(parsed.warnings())
                .singleElement()
                .asString()
                .isEqualTo("line 1, m.strategy: is not built yet; the providers are tried in order");
    }

    @Test
    void skippedProviderIsCheckedAllTheSame() {
        var parsed = ConfigReading.parse(
                "m: [{provider: openai, model: x, apiKeys: [GONE], weight: -1, endpoint: 'ftp://x'}]");
        assertThat(parsed.problems()).hasSize(2);
    }

    @Test
    void entryWithoutCandidatesStaysKnown() {
        var parsed =
                ConfigReading.parse("m: [{provider: openai, model: gpt-5, apiKeys: [GONE]}]", new MockEnvironment());
        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.models()).singleElement().satisfies(entry -> {
            assertThat(entry.name()).isEqualTo("m");
            assertThat(entry.providers()).isEmpty();
        });
        assertThat(parsed.warnings())
                .extracting(Problem::toString)
                .containsExactly(
                        "line 1, m[0].apiKeys[0]: GONE is not set; skipped",
                        "line 1, m[0].apiKeys: none of these keys is set; this provider is skipped",
                        "line 1, m: no provider of this model can be used; it stays in the list, and calls to it are "
                                + "answered with 503");
    }

    @Test
    void anAccountThatIsNamedAndNotSetIsNoGuest() {
        var parsed = ConfigReading.parse(
                "m: [{provider: zai-web, model: glm-5, apiKeys: [GONE]}, {provider: zai-web, model: glm-5},"
                        + " {provider: zai-web, model: glm-5, apiKeys: []}]",
                new MockEnvironment());
        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.models().getFirst().providers()).hasSize(2);
        assertThat(parsed.warnings())
                .extracting(Problem::toString)
                .contains("line 1, m[0].apiKeys: none of these keys is set; this provider is skipped");
    }

    @Test
    void aPoolThatHoldsTheNamedKeysToo() {
        var parsed = ConfigReading.parse(
                "m: [{provider: chatglm-web, model: glm-4, apiKeys: [GONE]}]", new MockEnvironment());
        assertThat(parsed.models().getFirst().providers()).hasSize(1);
    }

    @Test
    void ownServerNeedsNoKeyButTheVendorsDoes() {
        assertThat(ConfigReading.only("m: [{provider: openai, model: q, endpoint: 'http://127.0.0.1:11434/v1'}]")
                        .providers())
                .hasSize(1);
        assertThat(ConfigReading.warnings("m: [{provider: openai, model: gpt-5}]", new MockEnvironment()))
                .first()
                .asString()
                .contains("m[0].apiKeys: no key is named");
    }

    @Test
    void keyNamedTwiceCountsOnce() {
        var entry = ConfigReading.only("m: [{provider: openai, model: g, apiKeys: [OPENAI_KEY_1, OPENAI_KEY_1]}]");
        assertThat(entry.providers().getFirst().keys()).hasSize(1);
    }

    @Test
    void allProblemsAreToldAtOnce() {
        assertThat(ConfigReading.problems("""
                a:
                  nonsense: 1
                  strategy: dice
                  providers:
                    - provider: openai
                      weight: many
                    - { provider: what, model: x }
                b: 7
                """))
                .hasSize(6)
                .extracting(problem -> problem.substring(0, problem.indexOf(':')))
                .containsExactly(
                        "line 2, a.nonsense",
                        "line 5, a.providers[0]",
                        "line 6, a.providers[0].weight",
                        "line 7, a.providers[1].provider",
                        "line 3, a.strategy",
                        "line 8, b");
    }

    @Test
    void equalEndpointAndBaseUrlAreOne() {
        var entry = ConfigReading.only(
                "m: [{provider: openai, model: g, endpoint: 'https://a.example.com/v1/', baseUrl: 'https://a.example.com/v1'}]");
        assertThat(entry.providers().getFirst().baseUrl()).isEqualTo("https://a.example.com/v1");
    }

    @Test
    void aliasThatRepeatsTheOwnNameIsHarmless() {
        assertThat(ConfigReading.only("GLM-4.7: {aliases: [glm-4.7, glm], providers: [{provider: simulator}]}")
                        .aliases())
                .containsExactly("glm");
    }

    @Test
    void thousandModelsAreRead() {
        var text = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            text.append("model-%d:\n  aliases: [m%d]\n  providers:\n".formatted(i, i))
                    .append("    - { provider: openai, model: gpt-%d, apiKeys: [OPENAI_KEY_1, OPENAI_KEY_2] }\n"
                            .formatted(i))
                    .append("    - { provider: zhipu, model: glm-%d, apiKeys: [ZHIPU_KEY_1] }\n".formatted(i));
        }
        var parsed = ConfigReading.parse(text.toString());
        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.models()).hasSize(1000);
        assertThat(new RoutesConfig(1, parsed.models()).resolve("M999").map(ModelEntry::name))
                .contains("model-999");
        assertThat(ConfigReading.problems(text + "model-7: []\n")).hasSize(1);
        assertThat(List.copyOf(parsed.warnings())).isEmpty();
    }
}
