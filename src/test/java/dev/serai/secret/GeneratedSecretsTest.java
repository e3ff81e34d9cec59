package dev.serai.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedSecretsTest {

    @TempDir
    Path folder;

    @Test
    void secretIsMadeOnceAndReadableByItsOwnerOnly() throws IOException {
        AtomicInteger made = new AtomicInteger();
        GeneratedSecrets secrets = new GeneratedSecrets(folder.resolve("secrets"));
        Secret first = secrets.keep("KEY_PEPPER", () -> "value-" + made.incrementAndGet());
        Secret second = new GeneratedSecrets(folder.resolve("secrets")).keep("KEY_PEPPER", () -> "other");

        assertThat(first).isEqualTo(new Secret("value-1")).isEqualTo(second);
        assertThat(mode(secrets.file("KEY_PEPPER"))).isEqualTo("rw-------");
        assertThat(mode(folder.resolve("secrets"))).isEqualTo("rwx------");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
