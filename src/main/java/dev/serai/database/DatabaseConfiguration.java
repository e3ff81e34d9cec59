package dev.serai.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.serai.secret.Secrets;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.flyway.FlywayDataSource;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The database of the gateway as Spring sees it: a bounded pool for calls, and a plain connection for migrations. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    private static final Logger log = LoggerFactory.getLogger(DatabaseConfiguration.class);
    private static final Duration PATIENCE_AT_START = Duration.ofSeconds(30);

    @Bean
    DataDirectory dataDirectory(ConfigurableEnvironment environment, ObjectProvider<EarlyStart.Started> early) {
        EarlyStart.Started started = early.getIfAvailable();
        return started != null ? started.data() : DataDirectory.of(environment);
    }

    @Bean
    Database database(Secrets secrets, DataDirectory data, ObjectProvider<EarlyStart.Started> early) {
        EarlyStart.Started started = early.getIfAvailable();
        return started != null ? started.database() : Database.of(secrets, data);
    }

    /** Ten connections, 500 ms to get one, 2 s for a statement, 500 ms of them for a lock. */
    @Bean
    HikariDataSource dataSource(Database database) {
        DatabaseUrl url = database.url();
        log.info("Database: {}{}", database.isEmbedded() ? "embedded PostgreSQL at " : "", url);
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("serai");
        pool.setJdbcUrl(url.jdbc());
        pool.setDataSourceProperties(url.driverProperties("serai", Duration.ofSeconds(5)));
        pool.setMaximumPoolSize(10);
        pool.setMinimumIdle(2);
        pool.setConnectionTimeout(500);
        pool.setValidationTimeout(400);
        pool.setInitializationFailTimeout(-1);
        pool.setConnectionInitSql("set statement_timeout = '2s'; set lock_timeout = '500ms'");
        return new HikariDataSource(pool);
    }

    /** Migrations may take their time: no pool and no time limit. */
    @Bean(defaultCandidate = false)
    @FlywayDataSource
    DataSource migrationDataSource(Database database) {
        DatabaseUrl url = database.url();
        DriverManagerDataSource source = new DriverManagerDataSource(url.jdbc());
        source.setConnectionProperties(url.driverProperties("serai", Duration.ZERO));
        return source;
    }

    /** Waits for a database that is late, then migrates. */
    @Bean
    FlywayMigrationStrategy migrateWhenReachable(Clock clock) {
        return flyway -> {
            new DatabaseWait(clock, PATIENCE_AT_START)
                    .until(flyway.getConfiguration().getDataSource());
            flyway.migrate();
        };
    }
}
