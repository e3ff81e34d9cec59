package dev.serai.provider.chatglmweb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CitationMarksTest {

    private final Sources sources = new Sources();
    private final List<Sources.Cited> cited = new ArrayList<>();

    private String said(String text) {
        var whole = new StringBuilder();
        var marks = new CitationMarks(sources, whole::append, cited::add);
        marks.accept(text);
        marks.end();
        var piecewise = new StringBuilder();
        var again = new CitationMarks(sources, piecewise::append, ignored -> {});
        text.chars().forEach(c -> again.accept(String.valueOf((char) c)));
        again.end();
        assertThat(piecewise.toString()).isEqualTo(whole.toString());
        return whole.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "Sunny【12†source】., Sunny.",
        "Sunny【3:1†来源】!, Sunny!",
        "A 【note】 stays, A 【note】 stays",
        "An open 【 stays, An open 【 stays",
        "No source【turn0search9】., No source.",
        "turn left at turn0search1, turn left at turn0search1",
    })
    void marksWithoutASourceVanishAndAllElseStays(String text, String expected) {
        assertThat(said(text)).isEqualTo(expected);
    }

    @Test
    void aKnownSourceBecomesALinkWithOrWithoutBrackets() {
        know("turn0search1", "https://a.example/1");
        know("turn0search2", "https://a.example/2");
        assertThat(said("x【turn0search2】 y turn0search1, z【turn0search2】 return turn0search12"))
                .isEqualTo("x[1](https://a.example/2) y [2](https://a.example/1), z[1](https://a.example/2)"
                        + " return turn0search12");
        assertThat(cited).extracting(Sources.Cited::first).containsExactly(true, true, false);
    }

    @Test
    void anAddressThatIsNoneIsNoSource() {
        know("turn0search1", "javascript:alert(1)");
        assertThat(said("x【turn0search1】")).isEqualTo("x");
    }

    private void know(String key, String url) {
        byte[] json = ("{\"tool_result_extra\":{\"search_results\":[{\"match_key\":\"" + key + "\",\"url\":\"" + url
                        + "\"}]}}")
                .getBytes(StandardCharsets.UTF_8);
        try {
            sources.read(Json.tree(json, 0, json.length));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
