package dev.serai.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.account.Account;
import dev.serai.account.Accounts;
import dev.serai.secret.Sealer;
import dev.serai.secret.Secret;
import dev.serai.tenant.IssuedKey;
import dev.serai.tenant.KeyRegister;
import dev.serai.tenant.KeySettings;
import dev.serai.testkit.Gateway;
import dev.serai.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Old keys go on working at a gateway that runs while they are taken over. */
@ExtendWith(OutputCaptureExtension.class)
class ImportProof {

    private static final String PEPPER = "pepper-of-the-tests-0123456789abcdef";
    private static String keyset;
    private static Gateway gateway;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @BeforeAll
    static void start() {
        keyset = Sealer.newKeyset();
        gateway = Gateway.start(Map.of("SEAL_KEYSET", keyset));
    }

    @AfterAll
    static void close() {
        gateway.close();
    }

    /** What the command says, behind its exit code. */
    private String run(String kind, String source) {
        told.reset();
        PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);
        int code = new ImportCommand(
                        out,
                        out,
                        Map.of(
                                "DATABASE_URL", gateway.database().url().reveal(),
                                "KEY_PEPPER", PEPPER,
                                "SEAL_KEYSET", keyset))
                .run(ImportCommand.NAME, kind, source);
        return code + " " + told.toString(StandardCharsets.UTF_8);
    }

    private String file(String json) throws IOException {
        return Files.writeString(folder.resolve("store.json"), json).toString();
    }

    private static int statusWith(String key) {
        return gateway.post(
                        "/v1/chat/completions",
                        "{\"model\":\"demo\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
                        "authorization",
                        "Bearer " + key)
                .statusCode();
    }

    private static void works(String key) {
        await().atMost(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(statusWith(key)).isEqualTo(200));
    }

    /** Every row of every table; bytes as hexadecimal digits. */
    private static String dump() {
        var jdbc = gateway.database().jdbc();
        return jdbc
                .sql("select tablename from pg_tables where schemaname = 'public'")
                .query(String.class)
                .list()
                .stream()
                .map(table -> jdbc.sql("select coalesce(string_agg(t::text, chr(10)), '') from \"" + table + "\" t")
                        .query(String.class)
                        .single())
                .collect(Collectors.joining("\n"));
    }

    private static void isNowhere(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        String middle = secret.substring(8, secret.length() - 4);
        assertThat(dump())
                .doesNotContain(secret)
                .doesNotContain(middle)
                .doesNotContain(HexFormat.of().formatHex(bytes))
                .doesNotContain(HexFormat.of().formatHex(middle.getBytes(StandardCharsets.UTF_8)))
                .doesNotContain(
                        java.util.Base64.getEncoder().encodeToString(bytes).replaceAll("=+$", ""));
    }

    @Test
    void keysOfTheFileGoOnWorkingAndASecondRunChangesNothing() throws IOException {
        String key = "pk_01KEYOFTHEFILE0123456789AB";
        assertThat(statusWith(key)).isEqualTo(401);
        String file = file("""
                {"keys":[{"key":"%s","name":"from the file","token_limit_per_5h":100000,
                 "expiry_date":"2099-12-31T23:59:59Z","created_at":"2026-01-18T10:00:00.000Z","total_lifetime_tokens":12,
                 "usage_windows":[{"window_start":"%s","tokens_used":77}]}]}""".formatted(key, Instant.now()));
        assertThat(run("glm-proxy-file", file)).isEqualTo("0 Keys: 1 taken over, 0 here already.\n");
        works(key);
        assertThat(run("glm-proxy-file", file))
                .isEqualTo("0 Keys: 0 taken over, 1 here already.\nNothing was changed.\n");
        assertThat(gateway.bean(KeyRegister.class).findByKey(key).orElseThrow().lifetimeTokens())
                .isGreaterThanOrEqualTo(12);
        isNowhere(key);
    }

    @Test
    void anImportOnAFreshDirectoryMakesNoAdminKey(CapturedOutput output) throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        TestDatabase.sharePrograms(data);
        PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);
        int code = new ImportCommand(out, out, Map.of("DATA_DIR", data.toString()))
                .run(
                        ImportCommand.NAME,
                        "glm-proxy-file",
                        file("{\"keys\":[{\"key\":\"pk_key-of-a-fresh-folder\",\"name\":\"one\"}]}"));
        assertThat(told.toString(StandardCharsets.UTF_8)).isEqualTo("Keys: 1 taken over, 0 here already.\n");
        assertThat(code).isZero();
        assertThat(output.getAll()).doesNotContain("admin_").doesNotContain("shown here once");
        assertThat(data.resolve("secrets/KEY_PEPPER")).exists();
        assertThat(data.resolve("secrets/ADMIN_API_KEY")).doesNotExist();
    }

    @Test
    void oneBadEntryRefusesTheWholeImport() throws IOException {
        String file = file("""
                {"keys":[{"key":"pk_good-key-of-a-bad-file","name":"good"},
                 {"key":"two words are no key","name":"bad"}]}""");
        assertThat(run("glm-proxy-file", file))
                .startsWith("1 Nothing was taken over. keys[1]")
                .doesNotContain("two words");
        assertThat(gateway.bean(KeyRegister.class).findByKey("pk_good-key-of-a-bad-file"))
                .isEmpty();
    }

    @Test
    void keysOfTheDatabaseGoOnWorkingAndItsTimesAreUtc() throws IOException {
        String key = "ajianaz_01k0keyofthedatabase0123456";
        try (TestDatabase old = TestDatabase.fresh()) {
            old.jdbc().sql("""
                            create table api_keys (id varchar(26) primary key, key varchar(255) unique, name varchar(255),
                                model varchar(50), token_limit_per_day integer, expiry_date timestamp,
                                created_at timestamp default now(), last_used timestamp, total_lifetime_tokens integer default 0)
                            """).update();
            old.jdbc().sql("""
                            insert into api_keys values ('01k0', :key, 'from the database', 'demo', 5000,
                                '2098-03-04 05:06:07', '2026-01-20 10:00:00', null, 99)
                            """).param("key", key).update();
            String address = Files.writeString(
                            folder.resolve("address"), old.url().reveal())
                    .toString();
            assertThat(run("glm-proxy-database", old.url().reveal()))
                    .isEqualTo("0 Keys: 1 taken over, 0 here already.\n");
            assertThat(run("glm-proxy-database", "@" + address))
                    .isEqualTo("0 Keys: 0 taken over, 1 here already.\nNothing was changed.\n");
        }
        works(key);
        var kept = gateway.bean(KeyRegister.class).findByKey(key).orElseThrow();
        assertThat(kept.settings().expiresAt()).isEqualTo(Instant.parse("2098-03-04T05:06:07Z"));
        assertThat(kept.settings().model()).isEqualTo("demo");
        assertThat(kept.settings().limits().tokensPerDay()).isEqualTo(5000);
        assertThat(kept.createdAt()).isEqualTo(Instant.parse("2026-01-20T10:00:00Z"));
        isNowhere(key);
    }

    @Test
    void keysAndRefreshTokensOfHelloGmlAreTakenOver() throws IOException {
        String key = "sk-hellogml-0123456789-abcdef";
        String token = "eyJhbGciOi.a-refresh-token-for-chatglm.wxyz";
        String file = file(
                "[{\"name\":\"ak:%s\",\"value\":\"1\"},{\"name\":\"rt:tk_1730000000000_abc123\",\"value\":\"%s\"},{\"name\":\"usage:x\",\"value\":\"1\"}]"
                        .formatted(key, token));
        assertThat(run("hellogml", file))
                .isEqualTo("0 Keys: 1 taken over, 0 here already.\nAccounts: 1 taken over, 0 here already.\n"
                        + "Other entries, left out: 1.\n");
        assertThat(run("hellogml", file))
                .contains("0 taken over, 1 here already")
                .contains("Nothing was changed.");
        works(key);
        Accounts accounts = gateway.bean(Accounts.class);
        assertThat(accounts.list("chatglm-web")).extracting(Account::id).containsExactly("tk_1730000000000_abc123");
        assertThat(accounts.secret("tk_1730000000000_abc123")).contains(new Secret(token));
        isNowhere(key);
        isNowhere(token);
    }

    @Test
    void aKeyThatIsTakenFromTheDatabaseIsRefusedByTheRunningGateway() {
        IssuedKey made = gateway.bean(KeyRegister.class).create(KeySettings.unlimited("to be revoked"));
        works(made.plain().reveal());
        gateway.database()
                .jdbc()
                .sql("delete from api_key where id = :id")
                .param("id", made.key().id())
                .update();
        await().atMost(Duration.ofSeconds(1))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(
                        () -> assertThat(statusWith(made.plain().reveal())).isEqualTo(401));
    }

    @Test
    void whatIsNotUnderstoodIsToldHow() {
        assertThat(run("other-gateway", "x")).startsWith("2 Usage: ");
        assertThat(new ImportCommand(System.out, new PrintStream(told)).run("import"))
                .isEqualTo(2);
    }

    @Test
    void noKeyThatWasMadeIsAnywhereInTheDatabase() {
        KeyRegister register = gateway.bean(KeyRegister.class);
        IssuedKey first = register.create(KeySettings.unlimited("canary"));
        IssuedKey second =
                register.regenerate(first.key().id(), Duration.ofHours(1)).orElseThrow();
        for (IssuedKey key : List.of(first, second)) {
            works(key.plain().reveal());
            isNowhere(key.plain().reveal());
        }
        assertThat(dump())
                .contains(second.key().masked().substring(0, 7))
                .doesNotContain(PEPPER)
                .doesNotContain(keyset);
    }
}
