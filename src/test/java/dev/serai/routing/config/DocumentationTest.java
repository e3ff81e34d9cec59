package dev.serai.routing.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What operators read is true. */
class DocumentationTest {

    private static final String PAGE = ConfigReading.text(Path.of("docs/routes-config.md"));
    private static final String SHIPPED = ConfigReading.text(Path.of("config/routes-config.yaml"));
    private static final Pattern BLOCK = Pattern.compile("(?s)```(?:yaml|json)\n(.*?)```");

    static Stream<String> blocks() {
        return BLOCK.matcher(PAGE).results().map(block -> block.group(1));
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void everyExampleOfThePageIsValidAndComplete(String block) {
        var parsed = ConfigReading.parse(block);
        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.warnings()).isEmpty();
        assertThat(parsed.models())
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(entry.providers()).isNotEmpty());
    }

    @Test
    void everyMemberAndKindIsOnThePage() {
        assertThat(Stream.of(
                                EntryReader.MEMBERS.stream(),
                                ProviderReader.MEMBERS.stream(),
                                ProviderName.names().keySet().stream())
                        .flatMap(names -> names))
                .allSatisfy(name -> assertThat(PAGE).containsPattern("`(config\\.|endpoint: )?" + Pattern.quote(name)));
        assertThat(GlmModel.ALL).allSatisfy(model -> assertThat(PAGE).contains(model.name()));
    }

    @Test
    void shippedExamplesAreValidOnceUncommented() {
        String uncommented = SHIPPED.lines()
                .dropWhile(line -> !line.startsWith("# gpt-5-mini:"))
                .map(line -> line.replaceFirst("^# ", ""))
                .collect(Collectors.joining("\n"));
        var parsed = ConfigReading.parse(uncommented);
        assertThat(parsed.problems()).as(uncommented).isEmpty();
        assertThat(parsed.models())
                .extracting(ModelEntry::name)
                .containsExactly("gpt-5-mini", "glm-4.7", "local", "default");
        assertThat(parsed.models())
                .allSatisfy(entry -> assertThat(entry.providers()).isNotEmpty());
    }

    @Test
    void shippedFileNamesASchemaThatExists() {
        String first = SHIPPED.lines().findFirst().orElseThrow();
        assertThat(first).startsWith("# yaml-language-server: $schema=");
        assertThat(Files.exists(Path.of("config").resolve(first.substring(first.indexOf('=') + 1))))
                .isTrue();
    }
}
