package dev.serai.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.database.Database;
import dev.serai.database.DatabaseHealth;
import dev.serai.secret.StartRefused;
import dev.serai.tenant.ApiKeyFormat;
import dev.serai.tenant.ApiKeys;
import dev.serai.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Secrets, database, keys and usage as a gateway starts and stops them. */
@ExtendWith(OutputCaptureExtension.class)
class StorageStartTest {

    @TempDir
    Path folder;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @ComponentScan({"dev.serai.secret", "dev.serai.database", "dev.serai.tenant", "dev.serai.usage"})
    static class Storage {}

    private ConfigurableApplicationContext start(Map<String, String> properties) {
        Map<String, Object> all = new LinkedHashMap<>(properties);
        all.put("DATA_DIR", folder.toString());
        all.put("ROUTES_DIR", folder.toString());
        return new SpringApplicationBuilder(Storage.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .properties(all)
                .run();
    }

    private static List<String> keysIn(CapturedOutput output) {
        return Pattern.compile(ApiKeyFormat.PATTERN)
                .matcher(output.getAll())
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
    }

    @Test
    void freshMachineGetsADatabaseAndAKeyThatOutliveTheGateway(CapturedOutput output) throws Exception {
        TestDatabase.sharePrograms(folder);
        UsageEvent event = Events.event();
        try (var context = start(Map.of())) {
            assertThat(context.getBean(Database.class).isEmbedded()).isTrue();
            assertThat(context.getBean(DatabaseHealth.class).isUp()).isTrue();
            assertThat(keysIn(output)).hasSize(1);
            assertThatThrownBy(() -> start(Map.of()))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("Another gateway is using DATA_DIR");
            context.getBean(UsageJournal.class).append(event);
        }
        try (var context = start(Map.of())) {
            assertThat(keysIn(output)).hasSize(1);
            assertThat(context.getBean(ApiKeys.class).find(keysIn(output).getFirst()))
                    .isPresent();
            assertThat(context.getBean(JdbcClient.class)
                            .sql("select id from usage_event")
                            .query(java.util.UUID.class)
                            .list())
                    .containsExactly(event.id());
        }
    }

    @Test
    void givenDatabaseIsUsedWithinItsBounds(CapturedOutput output) throws Exception {
        try (TestDatabase database = TestDatabase.fresh();
                var context =
                        start(Map.of("DATABASE_URL", database.url().reveal(), "KEY_PEPPER", "a-pepper-of-the-test"))) {
            assertThat(context.getBean(Database.class).isEmbedded()).isFalse();
            assertThat(context.getBean(JdbcClient.class)
                            .sql("select concat_ws(' ', current_setting('statement_timeout'),"
                                    + " current_setting('application_name'))")
                            .query(String.class)
                            .single())
                    .isEqualTo("2s serai");
            assertThat(output)
                    .contains("Database: " + database.url())
                    .doesNotContain(String.valueOf(
                            database.url().password() == null
                                    ? "none"
                                    : database.url().password().reveal()));
            takeAllConnections(context.getBean(DataSource.class));
        }
    }

    private static void takeAllConnections(DataSource source) throws Exception {
        List<Connection> taken = new ArrayList<>();
        try {
            while (taken.size() < 10) {
                taken.add(source.getConnection());
            }
            assertThatThrownBy(source::getConnection).isInstanceOf(SQLTransientConnectionException.class);
        } finally {
            for (Connection connection : taken) {
                connection.close();
            }
        }
    }

    @Test
    void givenDatabaseWithoutAPepperRefusesTheStart(CapturedOutput output) {
        try (TestDatabase database = TestDatabase.fresh()) {
            assertThatThrownBy(() -> start(Map.of("DATABASE_URL", database.url().reveal())))
                    .rootCause()
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("KEY_PEPPER");
            assertThat(output).contains("APPLICATION FAILED TO START").contains("must be set to the same secret");
        }
    }
}
