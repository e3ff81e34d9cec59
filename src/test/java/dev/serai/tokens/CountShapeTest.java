package dev.serai.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountShapeTest {

    @ParameterizedTest
    @CsvSource({"anthropic-messages,anthropic", "openai-responses,openai-responses", "gemini,gemini"})
    void anAnswerIsTheProtocolsOwn(String protocol, String fixture) throws IOException {
        byte[] golden =
                Files.readAllBytes(Path.of("src/test/resources/wire/count-tokens/" + fixture + ".response.json"));
        var shape = CountShape.of(protocol);
        byte[] answer = Json.bytes(shape.of(TokenCount.ofText(14)));
        assertThat(Json.tree(answer, 0, answer.length)).isEqualTo(Json.tree(golden, 0, golden.length));
        assertThat(shape.is(golden)).isTrue();
    }

    @Test
    void whatAProviderSaysInsteadIsNoAnswer() {
        for (String other : new String[] {"", "{}", "<html>", "{\"error\":{}}", "{\"input_tokens\":\"14\"}", "[]"}) {
            assertThat(CountShape.RESPONSES.is(other.getBytes(StandardCharsets.UTF_8)))
                    .as(other)
                    .isFalse();
        }
    }

    @Test
    void mediaHaveTheirOwnLinesForGemini() {
        var answer = CountShape.GEMINI.of(new TokenCount(1, 2, 3, 4, 5));
        assertThat(answer.path("totalTokens").longValue()).isEqualTo(15);
        assertThat(answer.path("promptTokensDetails")).hasSize(5);
    }

    @Test
    void otherProtocolsDoNotCount() {
        assertThatThrownBy(() -> CountShape.of("openai-chat")).isInstanceOf(IllegalArgumentException.class);
    }
}
