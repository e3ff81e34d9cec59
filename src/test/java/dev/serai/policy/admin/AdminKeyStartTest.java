package dev.serai.policy.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.database.DataDirectory;
import dev.serai.secret.Secret;
import dev.serai.secret.Secrets;
import dev.serai.secret.StartRefused;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.mock.env.MockEnvironment;

/** Which admin keys a gateway starts with. */
class AdminKeyStartTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    /** The key after a start on the folder. */
    private Secret start() {
        printed.reset();
        try (var data = DataDirectory.open(folder)) {
            var first = new FirstAdminKey(new PrintStream(printed, true, StandardCharsets.UTF_8), "3000");
            Secret key = first.keptIn(data).orElseThrow();
            first.run(new DefaultApplicationArguments());
            first.run(new DefaultApplicationArguments());
            return key;
        }
    }

    @Test
    void aGatewayOfItsOwnMakesAKeyKeepsItAndPrintsItAtTheFirstStartAlone() throws Exception {
        Secret key = start();
        String told = printed.toString(StandardCharsets.UTF_8);
        assertThat(key.reveal()).matches("admin_[\\w-]{43}");
        assertThat(Pattern.compile(Pattern.quote(key.reveal())).matcher(told).results())
                .as("once by itself and once in the example")
                .hasSize(2);
        assertThat(Files.readString(folder.resolve("secrets/ADMIN_API_KEY")).strip())
                .isEqualTo(key.reveal());
        assertThat(start()).isEqualTo(key);
        assertThat(printed.size()).isZero();
        Files.delete(folder.resolve("secrets/ADMIN_API_KEY"));
        assertThat(start()).isNotEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({
        "tiny-7x,none,ADMIN_API_KEY is too short",
        "'  tiny-7x  ',none,ADMIN_API_KEY is too short",
        "shared-0123456789,'other-0123456789,shared-0123456789',ADMIN_API_KEY is also a key of callers"
    })
    void aShortKeyAndOneThatCallersHaveRefuseTheStart(String key, String callers, String reason) {
        for (String variable : new String[] {"PROXY_AUTH_TOKEN", "API_KEY"}) {
            var environment =
                    new MockEnvironment().withProperty("ADMIN_API_KEY", key).withProperty(variable, callers);
            assertThatThrownBy(() -> AdminDoorConfiguration.checked(new Secrets(environment)))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageStartingWith(reason)
                    .hasMessageNotContaining(key.strip());
        }
    }

    @Test
    void aGoodKeyOpensTheDoorByEitherName() {
        for (String name : new String[] {"ADMIN_API_KEY", "ADMIN_KEY"}) {
            var secrets = new Secrets(new MockEnvironment().withProperty(name, "good-0123456789"));
            assertThat(AdminKey.of(AdminDoorConfiguration.checked(secrets)).matches("good-0123456789"))
                    .isTrue();
        }
    }
}
