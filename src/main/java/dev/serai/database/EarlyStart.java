package dev.serai.database;

import dev.serai.secret.Secrets;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

/** Lets the embedded server start while Spring still reads its configuration; named in {@code spring.factories}. */
final class EarlyStart implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /** What was started; the configuration takes it over. */
    record Started(DataDirectory data, Database database) implements AutoCloseable {

        @Override
        public void close() {
            database.close();
            data.close();
        }
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Secrets secrets = new Secrets(context.getEnvironment());
        DataDirectory data = data(context.getEnvironment(), secrets);
        Started started = new Started(data, Database.of(secrets, data));
        context.getBeanFactory().registerSingleton("earlyStart", started);
        context.addApplicationListener((ApplicationListener<ApplicationFailedEvent>) failed -> started.close());
        SpringApplication.getShutdownHandlers().add(started::close);
    }

    /** An import into a given database keeps nothing of its own, and may run beside a gateway that holds the folder. */
    private static DataDirectory data(ConfigurableEnvironment environment, Secrets secrets) {
        boolean passing = environment.matchesProfiles("import")
                && secrets.find("DATABASE_URL").isPresent();
        return passing ? DataDirectory.passing() : DataDirectory.of(environment);
    }
}
