package dev.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.testkit.Gateway;
import dev.serai.testkit.KillableDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What orchestrators and operators see while the database is away. */
class DatabaseAwayProof {

    @TempDir
    Path folder;

    @Test
    void readinessTellsOfADatabaseThatIsAwayAndStays() throws Exception {
        try (var database = new KillableDatabase(folder.resolve("database"));
                var gateway =
                        Gateway.start(Map.of("DATABASE_URL", database.url().reveal()))) {
            var up = gateway.bean(MeterRegistry.class).get("serai.database.up").gauge();
            assertThat(gateway.get("/health/ready").body()).contains("\"status\":\"ready\"", "\"database\":\"up\"");
            assertThat(up.value()).isOne();
            database.kill();
            await().until(() -> gateway.get("/health/ready").body().contains("\"database\":\"away\""));
            assertThat(gateway.get("/health/ready").statusCode()).isEqualTo(200);
            assertThat(up.value()).isZero();
            assertThat(gateway.chat("{\"model\":\"demo\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}")
                            .statusCode())
                    .isEqualTo(200);
            database.restart();
            await().until(() -> gateway.get("/health/ready").body().contains("\"database\":\"up\""));
        }
    }
}
