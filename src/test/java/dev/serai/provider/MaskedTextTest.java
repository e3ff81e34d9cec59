package dev.serai.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Incorrect key sk-proj-abcdef123456 given | Incorrect key … given",
                "key=\"sk_live_abcdef123456\" | key=\"…\"",
                "key:sk-abcdefghijkl | …",
                "Authorization: Bearer abcdef | Authorization: Bearer …",
                "see https://platform.openai.com/account?x=1,2 for more | see … for more",
                "host api.openai.com:443 failed | host … failed",
                "call to z.ai. | call to …",
                "at http://10.0.0.7:8080/v1 | at …",
                "at 10.0.0.7:8080 | at …",
                "at localhost:8000/v1 | at …",
                "at fe80::1:2:3 | at …",
                "ask admin@example.com now | ask … now",
                "token 0123456789abcdef0123456789abcdef.AbCdEfGhIjKlMnOp | token …",
                "request a1b2c3d4e5f6a7b8c9 | request …",
                "in organization org-AbCdEfGhIjKl | in organization …",
                "number 12345678901234567890 | number …"
            })
    void whatTellsASecretOrAPlaceIsGone(String said, String told) {
        assertThat(MaskedText.of(said)).isEqualTo(told);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Invalid type for 'messages[0].content': expected a string.",
                "messages.0.tool_calls.0.function.arguments: Field required",
                "This model's maximum context length is 128000 tokens. However, 131072 tokens (ratio 1.02) were given.",
                "The model `claude-sonnet-4-5-20250929` does not exist",
                "Unsupported value: 'temperature' does not support 0.2 with gpt-4o-mini-2024-07-18.",
                "meta-llama/Llama-3.3-70B-Instruct-Turbo: ResponsibleAIPolicyViolation",
                "Expected one of: 'auto', 'none'; e.g. {\"type\": \"function\"}",
                "输入或生成内容可能包含敏感内容，请您避免输入。"
            })
    void whatACallerNeedsStays(String said) {
        assertThat(MaskedText.of(said)).isEqualTo(said);
    }

    @Test
    void controlCharactersBecomeOneSpace() {
        assertThat(MaskedText.of("a\r\n\u0000\u001b[31mb\u202ec\u2028d")).isEqualTo("a [31mb c d");
    }

    @Test
    void atMostFiveHundredCharactersStay() {
        assertThat(MaskedText.of("word ".repeat(1000))).hasSize(500).endsWith("…");
        assertThat(MaskedText.of("😀".repeat(1000))).hasSizeBetween(499, 500).endsWith("😀…");
    }
}
