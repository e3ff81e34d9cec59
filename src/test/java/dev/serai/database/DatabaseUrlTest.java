package dev.serai.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.secret.Secret;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://ann:s3cret@db.example:6432/gate?sslmode=require",
                "postgres://ann:s3cret@db.example:6432/gate?sslmode=require",
                "POSTGRES://ann:s3cret@db.example:6432/gate?sslmode=require",
                "jdbc:postgresql://db.example:6432/gate?user=ann&password=s3cret&sslmode=require",
                " postgresql://db.example:6432/gate?user=ann&sslmode=require&password=s3cret\n"
            })
    void everyFormNamesTheSameDatabase(String text) {
        assertThat(DatabaseUrl.parse(text))
                .isEqualTo(new DatabaseUrl(
                        "db.example:6432", "gate", "ann", new Secret("s3cret"), Map.of("sslmode", "require")));
    }

    @Test
    void userPasswordAndDatabaseArePercentDecodedAndAPlusStaysAPlus() {
        DatabaseUrl url = DatabaseUrl.parse("postgresql://an%40n:p%40ss%2Fw%3Ard+%25@h/my%20db");
        assertThat(url.user()).isEqualTo("an@n");
        assertThat(url.password()).isEqualTo(new Secret("p@ss/w:rd+%"));
        assertThat(url.database()).isEqualTo("my db");
        assertThat(DatabaseUrl.parse(url.reveal())).isEqualTo(url);
    }

    @Test
    void rawAtSignInAPasswordStillFindsTheHost() {
        DatabaseUrl url = DatabaseUrl.parse("postgresql://ann:a@b@h/d");
        assertThat(url.hosts()).isEqualTo("h:5432");
        assertThat(url.password()).isEqualTo(new Secret("a@b"));
    }

    @Test
    void missingPortIsTheStandardOne() {
        assertThat(DatabaseUrl.parse("postgresql://h/d").hosts()).isEqualTo("h:5432");
        assertThat(DatabaseUrl.parse("postgresql://[::1]/d").hosts()).isEqualTo("[::1]:5432");
        assertThat(DatabaseUrl.parse("postgresql://[fe80::1%25eth0]:7/d?").hosts())
                .isEqualTo("[fe80::1%25eth0]:7");
        assertThat(DatabaseUrl.parse("postgresql://a:1,b/d").hosts()).isEqualTo("a:1,b:5432");
    }

    @Test
    void missingDatabaseIsTheUsersOwn() {
        assertThat(DatabaseUrl.parse("postgresql://ann:x@h").database()).isEqualTo("ann");
    }

    @Test
    void spellingsOfOtherClientsReachTheDriver() {
        assertThat(DatabaseUrl.parse("postgresql://h/d?application_name=a&channel_binding=require")
                        .parameters())
                .isEqualTo(Map.of("ApplicationName", "a", "channelBinding", "require"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hunter2",
                "mysql://ann:hunter2@h/d",
                "postgresql://ann:hunter2@h:port/d",
                "postgresql://ann:hunter2@h:70000/d",
                "postgresql://ann:hunter2@/d",
                "postgresql://ann:hun/ter2@h/d",
                "postgresql://ann:hunter2%zz@h/d",
                "postgresql://:hunter2@h",
                "postgresql://ann:hunter2@[::1/d"
            })
    void refusalNeverRepeatsThePassword(String text) {
        assertThatThrownBy(() -> DatabaseUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessageStartingWith("DATABASE_URL must look like")
                .hasMessageNotContaining("hunter2")
                .hasMessageNotContaining("hun");
    }

    @Test
    void printsWithoutLogin() {
        assertThat(DatabaseUrl.parse("postgresql://ann:hunter2@h/d")).hasToString("postgresql://h:5432/d");
    }
}
