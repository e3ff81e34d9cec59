package dev.serai.inbound;

import dev.serai.database.DatabaseHealth;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the health routes say. */
@Configuration(proxyBeanMethods = false)
class HealthSteps {

    @Bean
    Processor liveness(Clock clock) {
        return exchange -> exchange.getMessage()
                .setBody(Map.of("status", "ok", "timestamp", clock.instant().toString()));
    }

    /** A database that is away is told and does not make a gateway unready: running calls and known keys go on. */
    @Bean
    Processor readiness(Lifecycle lifecycle, DatabaseHealth database) {
        return exchange -> {
            boolean ready = lifecycle.ready();
            exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, ready ? 200 : 503);
            exchange.getMessage()
                    .setBody(Map.of(
                            "status", ready ? "ready" : "not_ready", "database", database.isUp() ? "up" : "away"));
        };
    }
}
