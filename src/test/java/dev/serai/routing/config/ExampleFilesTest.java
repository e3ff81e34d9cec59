package dev.serai.routing.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every example file, read by the gateway and by the schema that editors use. An invalid one starts with the problem that
 * it must show; those in {@code beyond-schema} break a rule that a schema cannot tell.
 */
class ExampleFilesTest {

    private static final String EXPECTED = "# expect: ";
    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(ConfigReading.text(Path.of("src/main/resources/routes-config.schema.json")));

    static Stream<Path> valid() {
        return ConfigReading.examples("valid");
    }

    static Stream<Path> invalid() {
        return ConfigReading.examples("invalid");
    }

    static Stream<Path> beyondSchema() {
        return ConfigReading.examples("beyond-schema");
    }

    @ParameterizedTest
    @MethodSource("valid")
    void validFileIsAcceptedByBoth(Path file) {
        String text = ConfigReading.text(file);
        assertThat(ConfigReading.problems(text)).isEmpty();
        assertThat(SCHEMA.validate(json(text))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void invalidFileIsRefusedByBoth(Path file) {
        String text = ConfigReading.text(file);
        assertProblem(text);
        assertThat(SCHEMA.validate(json(text))).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("beyondSchema")
    void ruleBeyondTheSchemaIsKeptByTheGateway(Path file) {
        assertProblem(ConfigReading.text(file));
    }

    private static void assertProblem(String text) {
        String first = text.lines().findFirst().orElseThrow();
        assertThat(first).startsWith(EXPECTED);
        assertThat(ConfigReading.problems(text))
                .singleElement()
                .asString()
                .startsWith(first.substring(EXPECTED.length()));
    }

    private static JsonNode json(String text) {
        var tree = TreeReader.read(text, new Findings());
        return tree == null ? NullNode.getInstance() : tree.toJson();
    }
}
