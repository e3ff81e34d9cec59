package dev.serai.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.imports.OldStore.OldAccount;
import dev.serai.imports.OldStore.OldKey;
import dev.serai.secret.Secret;
import dev.serai.tenant.KeyHistory.UsedWindow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How old stores are read; what becomes of them is ImportProof's. */
class ImportTest {

    @TempDir
    private Path folder;

    private String file(String json) throws IOException {
        return Files.writeString(folder.resolve("store.json"), json).toString();
    }

    private void refused(OldStore store, String json, String... told) throws IOException {
        String file = file(json);
        assertThatThrownBy(() -> store.read(file))
                .isInstanceOf(BadEntry.class)
                .message()
                .contains(told)
                .doesNotContain("secret-key");
    }

    @Test
    void theFileOfGlmProxyIsReadWhole() throws IOException {
        var keys = new GlmProxyFile().read(file("""
                        {"keys":[{"key":"pk_secret-key","name":"Team A","model":"glm-4.7","token_limit_per_5h":100000,
                         "expiry_date":"2026-12-31T23:59:59+02:00","created_at":"2026-01-18T10:00:00.000Z",
                         "last_used":"2026-01-19T10:00:00.000Z","total_lifetime_tokens":1234,
                         "usage_windows":[{"window_start":"2026-01-19T09:00:00Z","tokens_used":77}]},
                        {"key":"pk_other","name":"b","last_used":"","total_lifetime_tokens":null}]}""")).keys();
        OldKey first = keys.getFirst();
        assertThat(first.key()).isEqualTo(new Secret("pk_secret-key"));
        assertThat(first.settings().name()).isEqualTo("Team A");
        assertThat(first.settings().model()).isEqualTo("glm-4.7");
        assertThat(first.settings().limits().tokensPer5Hours()).isEqualTo(100_000);
        assertThat(first.settings().expiresAt()).isEqualTo(Instant.parse("2026-12-31T21:59:59Z"));
        assertThat(first.history().createdAt()).isEqualTo(Instant.parse("2026-01-18T10:00:00Z"));
        assertThat(first.history().lifetimeTokens()).isEqualTo(1234);
        assertThat(first.history().windows())
                .containsExactly(new UsedWindow(Instant.parse("2026-01-19T09:00:00Z"), 77));
        assertThat(keys.get(1).settings().expiresAt()).isNull();
        assertThat(keys.get(1).history().lastUsedAt()).isNull();
    }

    @Test
    void aBadEntryIsToldWithItsPlaceAndNotItsSecret() throws IOException {
        GlmProxyFile glm = new GlmProxyFile();
        refused(
                glm,
                "{\"keys\":[{\"key\":\"secret-key\",\"name\":\"a\",\"expiry_date\":\"secret-key\"}]}",
                "keys[0].expiry_date");
        refused(glm, "{\"keys\":[{\"key\":\"secret-key\",\"name\":\" \"}]}", "keys[0]", "name");
        refused(
                glm,
                "{\"keys\":[{\"key\":\"secret-key\",\"name\":\"a\",\"token_limit_per_5h\":0}]}",
                "tokenLimitPer5h");
        refused(
                glm,
                "{\"keys\":[{\"key\":\"secret-key\",\"name\":\"a\",\"token_limit_per_5h\":\"secret-key\"}]}",
                "must be a whole number");
        refused(glm, "{\"keys\":[{\"name\":\"a\"}]}", "keys[0].key");
        refused(glm, "{\"keys\":[\"secret-key\"]}", "keys[0]");
        refused(glm, "{\"secret-key\":", "line 1");
        refused(glm, "{}", "no list of keys");
        assertThatThrownBy(() -> glm.read("/nowhere/secret"))
                .isInstanceOf(BadEntry.class)
                .hasMessageContaining("cannot be read");
        HelloGmlDump hello = new HelloGmlDump();
        refused(hello, "[{\"name\":\"ak:\",\"value\":\"1\"}]", "entry 1");
        refused(hello, "[{\"value\":\"secret-key\"}]", "entry 1");
        refused(hello, "{\"ak:secret-key\":\"1\",\"rt:tk_1\":\"\"}", "entry 2");
        refused(hello, "3", "must be a list or an object");
        assertThatThrownBy(() -> new GlmProxyDatabase().read("mysql://root:secret-key@host/db"))
                .isInstanceOf(BadEntry.class)
                .hasMessageNotContaining("secret-key");
    }

    @Test
    void aDumpOfHelloGmlIsReadInEveryForm() throws IOException {
        for (String json : new String[] {
            "[{\"name\":\"ak:secret-key\",\"value\":\"1\"},{\"key\":\"rt:tk_1\",\"value\":\"token-1\"},{\"name\":\"usage:tk_1\",\"value\":\"2\"}]",
            "{\"ak:secret-key\":\"1\",\"rt:tk_1\":\"token-1\",\"usage:tk_1\":\"2\"}",
            "{\"values\":{\"ak:secret-key\":1,\"rt:tk_1\":\"token-1\",\"usage:tk_1\":null}}",
            "{\"ak:secret-key\":\"1\",\"rt_pool\":\"[{\\\"id\\\":\\\"tk_1\\\",\\\"token\\\":\\\"token-1\\\"}]\",\"x\":\"\"}"
        }) {
            var content = new HelloGmlDump().read(file(json));
            assertThat(content.keys()).extracting(OldKey::key).containsExactly(new Secret("secret-key"));
            assertThat(content.keys().getFirst().settings().name()).isEqualTo("hellogml-1");
            assertThat(content.accounts()).extracting(OldAccount::id).containsExactly("tk_1");
            assertThat(content.accounts()).extracting(OldAccount::token).containsExactly(new Secret("token-1"));
            assertThat(content.leftOut()).isEqualTo(1);
        }
    }
}
