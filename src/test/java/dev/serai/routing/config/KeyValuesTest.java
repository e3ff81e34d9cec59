package dev.serai.routing.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;

class KeyValuesTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final MockEnvironment environment = new MockEnvironment();
    private final KeyValues keys = new KeyValues(new PlainEnvironment(environment));

    @Test
    void variableGivesTheValueWithoutBlanksAround() {
        environment.setProperty("KEY", " abc\n");
        assertThat(revealed("KEY")).isEqualTo("abc");
        assertThat(keys.files()).isEmpty();
    }

    @Test
    void fileGivesTheValueWhereTheVariableIsSilent() throws IOException {
        var file = Files.writeString(folder.resolve("key"), "from-file\n");
        environment.setProperty("KEY", "");
        environment.setProperty("KEY_FILE", file.toString());
        assertThat(revealed("KEY")).isEqualTo("from-file");
        assertThat(revealed("KEY_FILE")).isEqualTo("from-file");
        assertThat(keys.files()).containsExactly(file);
    }

    @Test
    void variableGoesAheadOfTheFile() throws IOException {
        environment.setProperty("KEY", "from-variable");
        environment.setProperty(
                "KEY_FILE",
                Files.writeString(folder.resolve("key"), "from-file").toString());
        assertThat(revealed("KEY")).isEqualTo("from-variable");
    }

    @Test
    void valueIsNeverExpanded() {
        environment.setProperty("OTHER", "secret");
        environment.setProperty("KEY", "a${OTHER}b");
        assertThat(revealed("KEY")).isEqualTo("a${OTHER}b");
    }

    @Test
    void missingOnesAreToldByTheirName() throws IOException {
        environment.setProperty("EMPTY", "  ");
        environment.setProperty("GONE_FILE", folder.resolve("gone").toString());
        environment.setProperty(
                "BLANK_FILE", Files.writeString(folder.resolve("blank"), " \n").toString());
        environment.setProperty("LINES", "one\ntwo");
        environment.setProperty("UMLAUT", "schlüssel");
        assertThat(keys.find("UNSET").fault()).isEqualTo("UNSET is not set");
        assertThat(keys.find("EMPTY").fault()).isEqualTo("EMPTY is empty");
        assertThat(keys.find("GONE").fault()).isEqualTo("the file of GONE_FILE cannot be read");
        assertThat(keys.find("BLANK").fault()).isEqualTo("the file of BLANK_FILE is empty");
        assertThat(keys.find("LINES").fault()).isEqualTo("LINES holds a character that no header can carry");
        assertThat(keys.find("UMLAUT").fault()).isEqualTo("UMLAUT holds a character that no header can carry");
    }

    private String revealed(String name) {
        var secret = keys.find(name).secret();
        return secret == null ? "" : secret.reveal();
    }
}
