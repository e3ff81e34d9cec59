package dev.serai.routing.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.mock.env.MockEnvironment;

class RoutesConfigSourceTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final MockEnvironment environment = new MockEnvironment();

    @BeforeEach
    void allThreePlacesAreFilled() throws IOException {
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(folder.resolve("config/routes-config.yaml"), "usual");
        Files.writeString(folder.resolve("named.yaml"), "named");
        environment.setProperty("ROUTES_CONFIG", "inline");
        environment.setProperty("ROUTES_CONFIG_FILE", "named.yaml");
    }

    @Test
    void variableComesFirstThenTheNamedFileThenTheUsualOne() throws IOException {
        assertThat(text()).contains("inline");
        environment.setProperty("ROUTES_CONFIG", " \n");
        assertThat(text()).contains("named");
        environment.setProperty("ROUTES_CONFIG_FILE", "");
        assertThat(text()).contains("usual");
        Files.delete(folder.resolve("config/routes-config.yaml"));
        assertThat(text()).isEmpty();
    }

    @Test
    void absolutePathIsTakenAsItIs() {
        environment.setProperty("ROUTES_CONFIG", "");
        environment.setProperty(
                "ROUTES_CONFIG_FILE",
                folder.resolve("named.yaml").toAbsolutePath().toString());
        assertThat(text()).contains("named");
    }

    @Test
    void namedFileThatIsMissingIsAProblemAndNotZeroConfiguration() {
        environment.setProperty("ROUTES_CONFIG", "");
        environment.setProperty("ROUTES_CONFIG_FILE", "gone.yaml");
        assertThatThrownBy(this::text)
                .isInstanceOf(RoutesConfigException.class)
                .hasMessageContaining("(gone.yaml)")
                .hasMessageContaining("the file does not exist");
    }

    @Test
    void folderAndStrangeBytesAreToldApart() throws IOException {
        environment.setProperty("ROUTES_CONFIG", "");
        environment.setProperty("ROUTES_CONFIG_FILE", "config");
        assertThatThrownBy(this::text).hasMessageContaining("is a directory");
        Files.write(folder.resolve("latin.yaml"), new byte[] {'a', (byte) 0xFC});
        environment.setProperty("ROUTES_CONFIG_FILE", "latin.yaml");
        assertThatThrownBy(this::text).hasMessageContaining("is not UTF-8 text");
    }

    @Test
    void textOfTheVariableIsNotExpanded() {
        var real = new StandardEnvironment();
        real.getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        "test", Map.of("ROUTES_CONFIG", "a: ${OPENAI_KEY_1}", "OPENAI_KEY_1", "secret")));
        assertThat(new RoutesConfigSource(real, folder).read().map(RoutesConfigSource.Found::text))
                .contains("a: ${OPENAI_KEY_1}");
    }

    private Optional<String> text() {
        return new RoutesConfigSource(environment, folder).read().map(RoutesConfigSource.Found::text);
    }
}
