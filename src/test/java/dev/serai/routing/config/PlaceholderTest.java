package dev.serai.routing.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What looks like a placeholder is either refused or plain text, and is never replaced by what it names. */
class PlaceholderTest {

    private static final String ENTRY = "m: {providers: [{provider: simulator}], ";
    private static final String PROVIDER = "m: [{provider: openai, model: g, apiKeys: [OPENAI_KEY_1], ";

    @ParameterizedTest
    @ValueSource(strings = {"{{env:OPENAI_KEY_1}}", "${OPENAI_KEY_1}", "#{systemProperties}", "{{OPENAI_KEY_1}}"})
    void isRefusedWhereverItCouldBecomeAnAddressOrAName(String text) {
        String quoted = "'" + text + "'";
        assertRefused(quoted + ": [{provider: simulator}]");
        assertRefused(ENTRY + "aliases: [" + quoted + "]}");
        assertRefused(ENTRY + "strategy: " + quoted + "}");
        assertRefused(ENTRY + "config: {lane: " + quoted + "}}");
        assertRefused(ENTRY + "config: {on_unsupported: " + quoted + "}}");
        assertRefused(ENTRY + "timeouts: {connect: " + quoted + "}}");
        assertRefused(ENTRY + "contextWindow: " + quoted + "}");
        assertRefused(ENTRY + "inputPricePer1m: " + quoted + "}");
        assertRefused("m: [{provider: " + quoted + ", model: g}]");
        assertRefused("m: [{provider: openai, model: " + quoted + "}]");
        assertRefused("m: [{provider: openai, model: g, apiKeys: [" + quoted + "]}]");
        assertRefused(PROVIDER + "weight: " + quoted + "}]");
        for (String member : new String[] {"endpoint", "baseUrl"}) {
            assertRefused(PROVIDER + member + ": " + quoted + "}]");
            assertRefused(PROVIDER + member + ": 'https://" + text + "/v1'}]");
            assertRefused(PROVIDER + member + ": 'https://a.example.com/" + text + "'}]");
            assertRefused("m: [{provider: camel, " + member + ": 'direct:" + text + "'}]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{env:OPENAI_KEY_1}}", "${OPENAI_KEY_1}", "#{systemProperties}"})
    void isPlainTextInTexts(String text) {
        String quoted = "'" + text + "'";
        var entry = ConfigReading.only("m: {displayName: %1$s, description: %1$s, pricingCurrency: %1$s, flags: [%1$s],"
                        .formatted(quoted)
                + " metadata: {a: %1$s}, config: {prompt: %1$s}, providers: [{provider: simulator,".formatted(quoted)
                + " customParams: {a: %1$s}}]}".formatted(quoted));
        assertThat(entry.displayName()).isEqualTo(text);
        assertThat(entry.description()).isEqualTo(text);
        assertThat(entry.flags()).containsExactly(text);
        assertThat(entry.prompt()).isEqualTo(text);
        assertThat(entry.metadata()).hasToString("{\"a\":\"" + text + "\"}");
        assertThat(entry.providers().getFirst().customParams()).hasToString("{\"a\":\"" + text + "\"}");
    }

    private static void assertRefused(String config) {
        var problems = ConfigReading.problems(config);
        assertThat(problems).as(config).hasSize(1);
        assertThat(problems.getFirst()).doesNotContain("value-of");
    }
}
