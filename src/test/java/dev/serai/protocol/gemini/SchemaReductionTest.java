package dev.serai.protocol.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.protocol.openaichat.Wire;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaReductionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"$schema\":\"x\",\"$id\":\"y\",\"type\":\"string\",\"examples\":[1],\"default\":\"a\",\"contentEncoding\":\"b\"}|{\"type\":\"STRING\"}",
                "{\"type\":[\"string\",\"null\"],\"format\":\"uri\"}|{\"nullable\":true,\"type\":\"STRING\"}",
                "{\"type\":\"string\",\"format\":\"date-time\",\"maxLength\":3}|{\"type\":\"STRING\",\"format\":\"date-time\",\"maxLength\":3}",
                "{\"const\":\"a\"}|{\"type\":\"STRING\",\"enum\":[\"a\"]}",
                "{\"enum\":[\"a\",null]}|{\"type\":\"STRING\",\"enum\":[\"a\"],\"nullable\":true}",
                "{\"type\":\"integer\",\"enum\":[1,2],\"exclusiveMinimum\":0,\"multipleOf\":2}|{\"type\":\"INTEGER\"}",
                "{\"type\":\"array\",\"uniqueItems\":true}|{\"type\":\"ARRAY\",\"items\":{\"type\":\"STRING\"}}",
                "{\"oneOf\":[{\"type\":\"string\"},{\"type\":\"number\"}]}|{\"anyOf\":[{\"type\":\"STRING\"},{\"type\":\"NUMBER\"}]}",
                "{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}],\"description\":\"d\"}|{\"description\":\"d\",\"nullable\":true,\"type\":\"STRING\"}",
                "{\"type\":[\"string\",\"integer\"]}|{\"anyOf\":[{\"type\":\"STRING\"},{\"type\":\"INTEGER\"}]}",
                "{\"allOf\":[{\"properties\":{\"a\":{\"type\":\"string\"}},\"required\":[\"a\"]},{\"properties\":{\"b\":true},\"required\":[\"b\",\"c\"]}]}|"
                        + "{\"type\":\"OBJECT\",\"properties\":{\"a\":{\"type\":\"STRING\"},\"b\":{\"type\":\"STRING\"}},\"required\":[\"a\",\"b\"]}",
                "{\"type\":\"object\",\"properties\":{\"p\":{\"$ref\":\"#/$defs/P\"}},\"$defs\":{\"P\":{\"type\":\"number\",\"minimum\":1}},\"additionalProperties\":false}|"
                        + "{\"type\":\"OBJECT\",\"properties\":{\"p\":{\"type\":\"NUMBER\",\"minimum\":1}}}",
                "{\"$ref\":\"#/$defs/Nobody\"}|{\"type\":\"OBJECT\"}",
                "{\"type\":\"object\",\"properties\":{},\"patternProperties\":{}}|{\"type\":\"OBJECT\"}"
            })
    void aSchemaKeepsWhatTheDialectKnows(String schema, String reduced) {
        JsonNode node = SchemaReduction.of(Wire.json(schema));
        assertThat(node).isEqualTo(Wire.json(reduced));
        assertThat(GeminiWire.faults("Schema", node)).isEmpty();
    }

    @Test
    void aSchemaThatHoldsItselfIsCut() {
        var node = SchemaReduction.of(Wire.json(
                "{\"type\":\"object\",\"properties\":{\"child\":{\"$ref\":\"#\"},\"name\":{\"type\":\"string\"}}}"));
        assertThat(node.at("/properties/child/properties/child/properties/name/type")
                        .asText())
                .isEqualTo("STRING");
        assertThat(node.toString().length()).isLessThan(2_000);
    }

    @Test
    void aSchemaMadeToExplodeStaysSmall() {
        var schema = new StringBuilder("{\"type\":\"object\",\"properties\":{");
        for (int i = 0; i < 2_000; i++) {
            schema.append(i == 0 ? "" : ",")
                    .append("\"p")
                    .append(i)
                    .append("\":{\"allOf\":[{\"$ref\":\"#\"},{\"anyOf\":[{\"$ref\":\"#\"},{\"$ref\":\"#\"}]}]}");
        }
        var node = Wire.json(schema.append("}}").toString());
        String reduced = assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> SchemaReduction.of(node).toString());
        assertThat(reduced.length()).isLessThan(50_000_000);
    }
}
