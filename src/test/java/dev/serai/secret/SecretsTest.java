package dev.serai.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.env.MockEnvironment;

@ExtendWith(OutputCaptureExtension.class)
class SecretsTest {

    @TempDir
    Path folder;

    private static Secrets with(String... pairs) {
        MockEnvironment environment = new MockEnvironment();
        for (int i = 0; i < pairs.length; i += 2) {
            environment.setProperty(pairs[i], pairs[i + 1]);
        }
        return new Secrets(environment);
    }

    private String file(String content, String mode) throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        return file.toString();
    }

    @Test
    void secretComesFromItsVariableOrItsFile() throws IOException {
        String file = file("s3cret one\n", "r--------");
        assertThat(with("ZAI_API_KEY", "s3cret one").find("ZAI_API_KEY")).contains(new Secret("s3cret one"));
        assertThat(with("ZAI_API_KEY_FILE", file).find("ZAI_API_KEY")).contains(new Secret("s3cret one"));
        assertThat(with("ZAI_API_KEY_FILE", file, "ZAI_API_KEY", "s3cret one").find("ZAI_API_KEY"))
                .contains(new Secret("s3cret one"));
        assertThat(with().find("ZAI_API_KEY")).isEmpty();
    }

    @Test
    void secretIsTakenLiterally() {
        assertThat(with("PROXY_AUTH_TOKEN", "a${HOME:b}#{1}c d").find("PROXY_AUTH_TOKEN"))
                .contains(new Secret("a${HOME:b}#{1}c d"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROXY_AUTH_TOKEN", "API_KEY", "ADMIN_API_KEY", "ADMIN_KEY", "KEY_PEPPER", "DATABASE_URL"})
    void emptySecretRefusesTheStart(String name) throws IOException {
        String empty = file("\n", "r--------");
        assertThatThrownBy(() -> with(name, " "))
                .isInstanceOf(StartRefused.class)
                .hasMessage(name + " is set but empty; give it a value or unset it.");
        assertThatThrownBy(() -> with(name + "_FILE", empty))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("is set but empty");
    }

    @Test
    void variableAndFileThatDifferRefuseTheStartWithoutShowingEither() throws IOException {
        String file = file("from-file-1", "r--------");
        assertThatThrownBy(() -> with("API_KEY", "from-variable-1", "API_KEY_FILE", file))
                .isInstanceOf(StartRefused.class)
                .hasMessage("API_KEY and API_KEY_FILE are both set and differ; keep one of them.");
        assertThatThrownBy(() -> with("API_KEY_FILE", "/nowhere/secret"))
                .isInstanceOf(StartRefused.class)
                .hasMessage("API_KEY_FILE names a file that cannot be read.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "changeme",
                "CHANGE_ME",
                "change-me-please",
                "your-key-here",
                "your_api_key",
                "sk-your-key",
                "xxxx",
                "<token>",
                "secret",
                "sk-z2api-key-2024",
                "a-good-one,changeme",
                "REPLACE_ME"
            })
    void shippedDefaultRefusesTheStart(String value) {
        assertThatThrownBy(() -> with("API_KEY", value))
                .isInstanceOf(StartRefused.class)
                .hasMessage("API_KEY still has a shipped default or a placeholder; set a value of your own.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"k9-test-token", "sk-live-yours-4411", "ghp_changed0Mind1", "correct horse"})
    void ownValueIsTaken(String value) {
        assertThat(with("API_KEY", value).find("API_KEY")).contains(new Secret(value));
    }

    @ParameterizedTest
    @CsvSource({"one-key-11,", ",one-key-11", "one-key-11,one-key-11"})
    void adminKeyHasAnAlias(String key, String alias) {
        MockEnvironment environment = new MockEnvironment();
        if (key != null) {
            environment.setProperty("ADMIN_API_KEY", key);
        }
        if (alias != null) {
            environment.setProperty("ADMIN_KEY", alias);
        }
        assertThat(new Secrets(environment).adminKey()).contains(new Secret("one-key-11"));
    }

    @Test
    void differentAdminKeysRefuseTheStart() {
        assertThatThrownBy(() -> with("ADMIN_API_KEY", "one-key-11", "ADMIN_KEY", "another-22"))
                .isInstanceOf(StartRefused.class)
                .hasMessage("ADMIN_API_KEY and ADMIN_KEY are both set and differ; keep one of them.");
    }

    @Test
    void listsAreSplit() {
        assertThat(with("API_KEY", " one-key-11, another-22,, ").findAll("API_KEY"))
                .isEqualTo(List.of(new Secret("one-key-11"), new Secret("another-22")));
        assertThat(with().findAll("API_KEY")).isEmpty();
    }

    @Test
    void fileThatEverybodyReadsIsWarnedOfWithoutItsContent(CapturedOutput output) throws IOException {
        with("API_KEY_FILE", file("canary-7781", "rw-r--r--"));
        assertThat(output)
                .contains("The file of API_KEY can be read by every user")
                .doesNotContain("canary-7781");
    }
}
