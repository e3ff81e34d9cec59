package dev.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.policy.admin.AdminKey;
import dev.serai.testkit.ForkedGateway;
import dev.serai.testkit.Gateway;
import dev.serai.testkit.KillableDatabase;
import dev.serai.testkit.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The admin API where it has no key, no database, or a key in its path. */
class AdminAwayProof {

    private static final String ROUTES = "{\"demo\":{\"providers\":[{\"provider\":\"simulator\",\"model\":\"demo\"}]}}";

    @TempDir
    private Path folder;

    private static HttpResponse<String> get(int port, String path, String key) {
        return Gateway.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("x-admin-key", key)
                .build());
    }

    @Test
    void withADatabaseOfOthersAndNoKeyTheDoorIsClosedAndSaysWhy() {
        try (var database = TestDatabase.fresh();
                var gateway = ForkedGateway.plan(folder, database.url().reveal(), ROUTES)
                        .start()) {
            for (String path : new String[] {"/admin/api-keys", "/admin/stats", "/admin/usage.csv"}) {
                var closed = get(gateway.port(), path, "anything-0123456789");
                assertThat(closed.statusCode()).isEqualTo(503);
                assertThat(closed.body()).isEqualTo("{\"message\":\"ADMIN_API_KEY not configured\"}");
            }
            assertThat(String.join("\n", gateway.output())).doesNotContain("admin_");
            assertThat(folder.resolve("secrets/ADMIN_API_KEY")).doesNotExist();
        }
    }

    @Test
    void aGatewayWithADatabaseOfItsOwnMakesAKeyThatWorksFromThenOn() throws IOException {
        TestDatabase.sharePrograms(folder);
        var plan =
                ForkedGateway.plan(folder, "", ROUTES).without("DATABASE_URL").without("KEY_PEPPER");
        String key;
        try (var gateway = plan.start()) {
            await().until(() -> printed(gateway).size() == 1);
            key = printed(gateway).getFirst();
            assertThat(get(gateway.port(), "/admin/api-keys", key).statusCode()).isEqualTo(200);
            gateway.terminate();
            gateway.awaitEnd();
            assertThat(gateway.output().stream().filter(line -> line.contains("{")))
                    .as("the log")
                    .noneMatch(line -> line.contains(key));
        }
        try (var again = plan.start()) {
            assertThat(get(again.port(), "/admin/api-keys", key).statusCode()).isEqualTo(200);
            again.terminate();
            again.awaitEnd();
            assertThat(printed(again)).isEmpty();
        }
    }

    /** Admin keys that stand on a line of their own. */
    private static List<String> printed(ForkedGateway gateway) {
        return gateway.output().stream()
                .map(String::strip)
                .filter(line -> line.startsWith("admin_"))
                .toList();
    }

    @Test
    void theKeyInThePathOfASearchIsNotLogged() {
        String key = "sk-looked-for-by-its-string-0123456789";
        try (var database = TestDatabase.fresh()) {
            var gateway = ForkedGateway.plan(folder, database.url().reveal(), ROUTES)
                    .with("ADMIN_API_KEY", Gateway.ADMIN_KEY)
                    .with("LOGGING_LEVEL_DEV_SERAI", "TRACE")
                    .start();
            try (gateway) {
                assertThat(get(gateway.port(), "/admin/api-keys/key/" + key, Gateway.ADMIN_KEY)
                                .statusCode())
                        .isEqualTo(404);
                assertThat(get(gateway.port(), "/admin/api-keys/key/" + key, "wrong-0123456789")
                                .statusCode())
                        .isEqualTo(401);
                await().until(() -> gateway.output().stream()
                                .filter(line -> line.contains("\"path\":\"/admin/api-keys/key/…\""))
                                .count()
                        == 2);
                assertThat(gateway.output()).noneMatch(line -> line.contains(key));
                assertThat(gateway.output()).noneMatch(line -> line.contains(Gateway.ADMIN_KEY));
            }
        }
    }

    @Test
    void whileTheDatabaseIsAwayTheOperatorIsToldAndWhenToComeBack() throws IOException {
        try (var database = new KillableDatabase(folder.resolve("database"));
                var gateway =
                        Gateway.start(Map.of("DATABASE_URL", database.url().reveal()))) {
            assertThat(gateway.bean(AdminKey.class).isConfigured()).isTrue();
            database.kill();
            for (String path :
                    new String[] {"/admin/api-keys", "/admin/audit", "/admin/apikey", "/admin/stats", "/admin/usage.csv"
                    }) {
                var away = gateway.get(path, "x-admin-key", Gateway.ADMIN_KEY);
                assertThat(away.statusCode()).as(path).isEqualTo(503);
                assertThat(away.headers().firstValue("retry-after")).as(path).hasValue("2");
                assertThat(away.body()).as(path).contains("\"message\":");
            }
            var own = gateway.get("/stats", "authorization", "Bearer " + Gateway.KEY);
            assertThat(own.statusCode()).isEqualTo(503);
            assertThat(own.headers().firstValue("retry-after")).hasValue("2");
            var made = gateway.post("/admin/api-keys", "{\"name\":\"a\"}", "x-admin-key", Gateway.ADMIN_KEY);
            assertThat(made.statusCode()).isEqualTo(503);
            assertThat(gateway.get("/admin/routes-config", "x-admin-key", Gateway.ADMIN_KEY)
                            .statusCode())
                    .as("what needs no database")
                    .isEqualTo(200);
            database.restart();
            await().until(() -> gateway.get("/admin/api-keys", "x-admin-key", Gateway.ADMIN_KEY)
                            .statusCode()
                    == 200);
        }
    }
}
