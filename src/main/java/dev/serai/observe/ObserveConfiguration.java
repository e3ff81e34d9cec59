package dev.serai.observe;

import dev.serai.call.CallIds;
import dev.serai.call.PeriodicTask;
import dev.serai.database.DatabaseHealth;
import dev.serai.usage.UsageJournal;
import dev.serai.usage.UsageWriter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** The listeners of every call's end, the usage event first: it is what must not be lost. */
@Configuration(proxyBeanMethods = false)
class ObserveConfiguration {

    @Bean
    CallIds callIds() {
        return new CallIds(() -> ThreadLocalRandom.current().nextLong());
    }

    @Bean
    @Order(1)
    UsageEvents usageEvents(UsageJournal journal, UsageWriter writer) {
        return new UsageEvents(journal, writer);
    }

    @Bean(destroyMethod = "flush")
    @Order(2)
    AccessLog accessLog() {
        return new AccessLog(System.out);
    }

    @Bean
    PeriodicTask accessLogFlush(AccessLog log) {
        return log::flush;
    }

    @Bean
    MeterBinder databaseUp(DatabaseHealth database) {
        return registry -> Gauge.builder("serai.database.up", database, health -> health.isUp() ? 1 : 0)
                .register(registry);
    }

    @Bean
    @Order(3)
    CallMetrics callMetrics(MeterRegistry registry) {
        return new CallMetrics(registry);
    }
}
