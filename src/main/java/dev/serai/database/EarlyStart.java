package dev.serai.database;

import dev.serai.secret.Secrets;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

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
        DataDirectory data = DataDirectory.of(context.getEnvironment());
        Started started = new Started(data, Database.of(new Secrets(context.getEnvironment()), data));
        context.getBeanFactory().registerSingleton("earlyStart", started);
        context.addApplicationListener((ApplicationListener<ApplicationFailedEvent>) failed -> started.close());
        SpringApplication.getShutdownHandlers().add(started::close);
    }
}
