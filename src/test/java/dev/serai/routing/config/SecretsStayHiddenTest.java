package dev.serai.routing.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsStayHiddenTest {

    @Test
    void parsedConfigurationNeverPrintsAKey() {
        var parsed = ConfigReading.parse(
                ConfigReading.text(ConfigReading.EXAMPLES.resolve("valid").resolve("full.yaml")));
        assertThat(parsed.models().getFirst().providers().getFirst().keys()).isNotEmpty();
        assertThat(parsed.toString()).doesNotContain("value-of").contains("OPENAI_KEY_1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-proj-0123456789abcdef",
                "sk-ant-api03-0123456789",
                "0123456789abcdef0123456789abcdef.0123456789abcdef",
                "AIzaSyA0123456789abcdefghijklmnopqrstuv",
                "gsk_0123456789abcdef",
                "xai-0123456789abcdef",
                "abcdefghij0123456789"
            })
    void keyInTheWrongPlaceIsRefusedAndNotRepeated(String key) {
        var problems = ConfigReading.problems("m: [{provider: openai, model: g, apiKeys: ['" + key + "']}]");
        assertThat(problems)
                .singleElement()
                .asString()
                .contains("looks like a key itself")
                .doesNotContain(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "m: [{provider: openai, model: g, apiKeys: 'KEY'}]",
                "m: [{provider: openai, model: g, apiKeys: [{'KEY': 1}]}]",
                "m: [{provider: openai, model: g, 'KEY': x}]",
                "m: [{provider: 'KEY', model: g}]",
                "m: {strategy: 'KEY', providers: [{provider: simulator}]}",
                "m: {contextWindow: 'KEY', providers: [{provider: simulator}]}",
                "m: {timeouts: {connect: 'KEY'}, providers: [{provider: simulator}]}",
                "m: [{provider: openai, model: g, endpoint: 'https://KEY@a.example.com'}]",
                "m: [{provider: openai, model: g, endpoint: 'https://a.example.com/?key=KEY'}]",
                "m: [{provider: openai, model: g, endpoint: 'KEY'}]",
                "'KEY': 1",
                "KEY"
            })
    void nothingThatLooksLikeAKeyIsRepeated(String text) {
        String key = "sk-proj-0123456789abcdef";
        assertThat(ConfigReading.problems(text.replace("KEY", key)).toString())
                .isNotEqualTo("[]")
                .doesNotContain(key);
    }

    @Test
    void namesOfModelsAndVariablesAreNotTakenForKeys() {
        for (String name : new String[] {
            "claude-opus-4-20250514",
            "gpt-5-mini-2025-08-07",
            "task-x",
            "glm-4.6v-flashx",
            "nvidia/llama-3.1-nemotron-70b"
        }) {
            assertThat(Shown.plain(name)).isEqualTo(name);
        }
        for (String name : new String[] {"OPENAI_KEY_1", "OPENAI_KEY_TEAM_20250514", "my_long_openai_key_for_team_1"}) {
            assertThat(KeyLike.nameFault(name)).isNull();
        }
    }

    @Test
    void messagesStayOnOneLine() {
        assertThat(Shown.plain("a\nb\u202Ec")).isEqualTo("a?b?c");
        assertThat(Shown.plain("x".repeat(500))).hasSize(81);
    }
}
