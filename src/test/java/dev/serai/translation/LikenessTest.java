package dev.serai.translation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A comparison that lets too much pass makes every case worthless. */
class LikenessTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{a: 1} | {a: 1, b: 2} | true",
                "{a: 1} | {a: 1.0} | true",
                "{a: 1} | {a: '1'} | false",
                "{a: 1} | {b: 1} | false",
                "{a: null} | {} | false",
                "{a: {}} | {a: {b: 1}} | false",
                "{a: []} | {a: [1]} | false",
                "[1] | [1, 2] | false",
                "[{a: 1}, {b: 2}] | [{a: 1, c: 0}, {b: 2}] | true",
                "{a: (absent)} | {a: null} | false",
                "{a: (absent)} | {b: 1} | true",
                "{a: (any)} | {a: null} | false",
                "{a: (like x+)} | {a: xxy} | false",
                "{a: (has b)} | {a: abc} | true",
                "{a: '(json {b: 1})'} | {a: '{\"b\":1}'} | false",
                "{a: '(json {\"b\":1})'} | {a: '{\"b\":1,\"c\":2}'} | true",
                "{a: (id one), b: (id one)} | {a: x, b: x} | true",
                "{a: (id one), b: (id one)} | {a: x, b: y} | false",
                "{a: (id one), b: (id two)} | {a: x, b: x} | false",
                "{a: (id one)} | {a: ''} | false",
                "{a: (see next message)} | {a: (see next message)} | true"
            })
    void isNeitherTooStrictNorTooLax(String expected, String actual, boolean alike) throws IOException {
        assertThat(new Likeness().differences(node(expected), node(actual)).isEmpty())
                .isEqualTo(alike);
    }

    private static JsonNode node(String yaml) throws IOException {
        return YAML.readTree(yaml);
    }
}
